import type {
  ObservedDeploymentEnvironment,
  ObservedRepositoryDelivery,
} from '../../../observations/model';
import { integer, type JsonRecord, record, records, text } from '../../read';

const maxEnvironments = 30;

const maxWorkflows = 30;

const maxReleases = 5;

type Workflows = NonNullable<ObservedRepositoryDelivery['workflows']>;

/** What workflows are told in; without its head commit's suites a list is not one. */
const workflowPlaces = [
  'defaultBranchRef.target.history',
  'defaultBranchRef.target.history.nodes.0.checkSuites',
];

type Protection = ObservedDeploymentEnvironment['protection'];

/**
 * What comes out of a repository, from its GraphQL form; `undefined` when it
 * is malformed.
 *
 * @param hidden - whether GitHub refused to tell a field, by its path from the repository
 */
export function reduceDelivery(
  node: JsonRecord,
  organization: string,
  hidden: (path: string) => boolean,
): ObservedRepositoryDelivery | undefined {
  const name = text(node.name, 100);
  if (!name) {
    return undefined;
  }
  const branch = record(node.defaultBranchRef);
  return {
    organization: text(record(node.owner)?.login, 100) ?? organization,
    name,
    environments: hidden('environments') ? undefined : reduceEnvironments(node),
    workflows:
      workflowPlaces.some(hidden) || !branch
        ? undefined
        : reduceWorkflows(branch),
    releases: reduceReleases(node),
  };
}

function reduceEnvironments(node: JsonRecord): ObservedDeploymentEnvironment[] {
  const recent = records(record(node.deployments)?.nodes, 10);
  return records(record(node.environments)?.nodes, maxEnvironments)
    .flatMap(environment => {
      const name = text(environment.name, 255);
      if (!name) {
        return [];
      }
      const latest = [
        environment.latestCompletedDeployment,
        ...recent.filter(one => one.environment === environment.name),
      ]
        .flatMap(one => reduceDeployment(one) ?? [])
        .sort((a, b) => compare(b.createdAt ?? '', a.createdAt ?? ''))[0];
      return [{ name, deployment: latest }];
    })
    .sort((a, b) => compare(a.name, b.name));
}

function reduceDeployment(
  value: unknown,
): ObservedDeploymentEnvironment['deployment'] {
  const deployment = record(value);
  const revision = text(deployment?.commitOid, 64);
  return revision
    ? {
        revision,
        ref: text(record(deployment?.ref)?.name, 253),
        state: text(record(deployment?.latestStatus)?.state, 32)?.toLowerCase(),
        createdAt: text(deployment?.createdAt, 40),
        creator: text(record(deployment?.creator)?.login, 100),
      }
    : undefined;
}

/** The newest run of each workflow for the branch; pull requests' runs say nothing of it. */
function reduceWorkflows(branch: JsonRecord): Workflows {
  const latest = new Map<string, Workflows[number]>();
  const commits = records(record(record(branch.target)?.history)?.nodes, 10);
  const runs = commits
    .flatMap(commit => records(record(commit.checkSuites)?.nodes, 100))
    .flatMap(suite => {
      const run = record(suite.workflowRun);
      const name = text(record(run?.workflow)?.name, 128);
      const event = text(run?.event, 64);
      const onBranch = record(suite.branch)?.name ?? branch.name;
      return run &&
        name &&
        onBranch === branch.name &&
        !event?.startsWith('pull_request')
        ? [
            {
              name,
              status: text(suite.status, 32)?.toLowerCase() ?? 'unknown',
              conclusion: text(suite.conclusion, 32)?.toLowerCase(),
              event,
              url: text(run.url, 512),
              startedAt: text(run.createdAt, 40),
            },
          ]
        : [];
    })
    .sort((a, b) => compare(b.startedAt ?? '', a.startedAt ?? ''));
  for (const run of runs) {
    if (!latest.has(run.name)) {
      latest.set(run.name, run);
    }
  }
  return [...latest.values()]
    .sort((a, b) => compare(a.name, b.name))
    .slice(0, maxWorkflows);
}

function reduceReleases(
  node: JsonRecord,
): ObservedRepositoryDelivery['releases'] {
  return records(record(node.releases)?.nodes, 10)
    .flatMap(release => {
      const tag = text(release.tagName, 253);
      const url = text(release.url, 512);
      return tag && url && release.isDraft !== true
        ? [
            {
              tag,
              name: text(release.name, 200),
              publishedAt: text(release.publishedAt, 40),
              prerelease: release.isPrerelease === true,
              url,
            },
          ]
        : [];
    })
    .slice(0, maxReleases);
}

/** `GET /repos/:owner/:repo/environments`: protection by name. */
export function reduceEnvironmentProtections(
  body: unknown,
): Map<string, NonNullable<Protection>> {
  return new Map(
    records(record(body)?.environments, 100).flatMap(environment => {
      const name = text(environment.name, 255);
      if (!name) {
        return [];
      }
      const rules = records(environment.protection_rules, 20);
      const sum = (read: (rule: JsonRecord) => number) =>
        rules.reduce((total, rule) => total + read(rule), 0);
      const policy = record(environment.deployment_branch_policy);
      let branches: NonNullable<Protection>['branches'] = 'any';
      if (policy) {
        branches =
          policy.protected_branches === true ? 'protected' : 'selected';
      }
      return [
        [
          name,
          {
            reviewers: sum(rule =>
              rule.type === 'required_reviewers'
                ? records(rule.reviewers, 20).length
                : 0,
            ),
            waitMinutes: sum(rule => integer(rule.wait_timer) ?? 0),
            branches,
          },
        ],
      ];
    }),
  );
}

/** `GET /repos/:owner/:repo/branches/:branch`: whether anything protects it. */
export function reduceBranchProtected(body: unknown): boolean | undefined {
  const told = record(body)?.protected;
  return typeof told === 'boolean' ? told : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
