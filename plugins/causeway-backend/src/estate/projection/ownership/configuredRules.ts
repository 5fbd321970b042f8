import type { OwnershipRule } from '../config';
import { matchesGlob } from '../glob';
import type { OwnedSubject, OwnershipRuleDefinition } from './model';

function repositorySlug({ repository }: OwnedSubject): string | undefined {
  return (
    repository &&
    `${repository.data.organization}/${repository.data.name}`.toLowerCase()
  );
}

function projectsOf({ applications, project }: OwnedSubject): string[] {
  return project
    ? [project.data.name]
    : [...new Set((applications ?? []).map(({ data }) => data.project))];
}

function matches(rule: OwnershipRule, subject: OwnedSubject): boolean {
  const fits = (pattern: string | undefined, value: string | undefined) =>
    pattern === undefined ||
    (value !== undefined && matchesGlob(pattern, value));
  const constrained = [
    rule.cluster,
    rule.namespace,
    rule.name,
    rule.project,
    rule.repository,
  ].some(value => value !== undefined);
  return (
    constrained &&
    fits(rule.cluster, subject.cluster) &&
    fits(rule.namespace, subject.namespace) &&
    fits(rule.name, subject.name) &&
    fits(rule.repository?.toLowerCase(), repositorySlug(subject)) &&
    // Two projects that both manage a thing prove neither.
    (rule.project === undefined || isOfProject(rule.project, subject))
  );
}

function isOfProject(pattern: string, subject: OwnedSubject): boolean {
  const projects = projectsOf(subject);
  return projects.length === 1 && matchesGlob(pattern, projects[0]);
}

/** The first rule of `causeway.estate.ownership.rules` that fits, then the owner of a configured kind. */
export const configuredRules: OwnershipRuleDefinition = {
  id: 'configured-rule',
  opinions(subject, { config }) {
    const position = config.ownership.rules.findIndex(rule =>
      matches(rule, subject),
    );
    if (position < 0) {
      return subject.configuredOwner === undefined
        ? []
        : [
            {
              owner: subject.configuredOwner,
              origin: 'platform',
              evidence: 'causeway.estate.kinds',
            },
          ];
    }
    return [
      {
        owner: config.ownership.rules[position].owner,
        origin: 'platform',
        evidence: `causeway.estate.ownership.rules[${position}]`,
      },
    ];
  },
};
