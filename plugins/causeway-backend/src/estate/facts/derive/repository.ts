import type {
  ObservedRepository,
  ObservedRepositoryDelivery,
} from '../../observations/model';
import { safeText } from '../../projection/text';
import { codeTypes, defineFacts, type ValuesOf } from '../defineFacts';
import { readTime } from '../readTime';

const code = { subjects: codeTypes } as const;
const whether = { type: 'boolean', subjects: codeTypes } as const;

/** Of a repository, and of the service whose code is in it. */
export const repositoryFacts = defineFacts({
  'repository.visibility': {
    ...code,
    type: 'string',
    description: '`public`, `private` or `internal`',
  },
  'repository.archived': {
    ...whether,
    description: 'Whether the repository is archived',
  },
  'codeowners.present': {
    ...whether,
    description: 'Whether the default branch has a CODEOWNERS file',
  },
  'ci.state': {
    ...code,
    type: 'string',
    absence: 'none',
    description:
      'State of the checks at the head of the default branch: `success`, `failure`, `pending`, `error` or `expected`; none where nothing checks it',
  },
  'release.tag': {
    ...code,
    type: 'string',
    absence: 'none',
    description: 'Tag of the latest release',
  },
  'release.publishedAt': {
    ...code,
    type: 'time',
    absence: 'none',
    description: 'When the latest release was published',
  },
  'catalogInfo.present': {
    ...whether,
    description: 'Whether there is a `catalog-info.yaml` at the root',
  },
  'readme.present': {
    ...whether,
    description: 'Whether there is a README at the root',
  },
  'docs.present': {
    ...whether,
    description:
      'Whether there is an `mkdocs.yml` at the root, which TechDocs builds from',
  },
  'repository.pushedAt': {
    ...code,
    type: 'time',
    absence: 'none',
    tracked: false,
    description: 'When somebody last pushed to any branch',
  },
  'agentsMd.present': {
    ...whether,
    description: 'Whether there is an `AGENTS.md` at the root',
  },
});

export function deriveRepository(
  repository: ObservedRepository,
  facts: ValuesOf<typeof repositoryFacts>,
): void {
  const { latestRelease, visibility } = repository;
  if (visibility !== 'unknown') {
    facts['repository.visibility'] = visibility;
  }
  facts['repository.archived'] = repository.archived;
  facts['codeowners.present'] = repository.codeowners !== undefined;
  facts['ci.state'] = repository.checks;
  facts['release.tag'] = safeText(latestRelease?.tag, 128);
  facts['release.publishedAt'] = readTime(latestRelease?.publishedAt);
  facts['catalogInfo.present'] = repository.hasCatalogInfo;
  facts['readme.present'] = repository.hasReadme;
  facts['docs.present'] = repository.hasDocs;
  facts['repository.pushedAt'] = readTime(repository.pushedAt);
  facts['agentsMd.present'] = repository.hasAgentsMd;
}

export const workflowFacts = defineFacts({
  'ci.failingWorkflows': {
    type: 'number',
    unit: 'workflows',
    subjects: codeTypes,
    description:
      'Workflows whose latest run on the default branch failed, timed out or could not start',
  },
});

const failed = new Set(['failure', 'timed_out', 'startup_failure']);

export function deriveWorkflows(
  { workflows }: ObservedRepositoryDelivery,
  facts: ValuesOf<typeof workflowFacts>,
): void {
  facts['ci.failingWorkflows'] = workflows?.filter(({ conclusion }) =>
    failed.has(conclusion ?? ''),
  ).length;
}
