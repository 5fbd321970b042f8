import type {
  EstateProblem,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import { safeText } from '../text';
import { namespaceAnnotation, ownAnnotation } from './annotations';
import { argocdProject } from './argocdProject';
import { codeowners } from './codeowners';
import { configuredRules } from './configuredRules';
import type { OwnedSubject, OwnershipContext, Opinion } from './model';

/** The rules of ownership; the first that speaks decides. */
export const ownershipRules = [
  configuredRules,
  argocdProject,
  namespaceAnnotation,
  codeowners,
  ownAnnotation,
];

/** An owner, and what stood in the way of others. */
export interface OwnerDecision {
  /** `undefined` where neither a rule nor the configured default gives one. */
  owner: SourcedValue | undefined;
  problems: EstateProblem[];
}

interface Resolved extends Opinion {
  ref: string;
}

/**
 * Decides the owner by ordered rules. What a later rule says against an owner
 * of origin `platform` is contested: told, and without effect.
 */
export function decideOwner(
  subject: OwnedSubject,
  context: OwnershipContext,
): OwnerDecision {
  const problems: EstateProblem[] = [];
  let decided: SourcedValue | undefined;

  const resolve = (rule: string, opinion: Opinion): Resolved | undefined => {
    const named = context.teams.owner(opinion.owner);
    if (typeof named !== 'string') {
      return { ...opinion, ref: named.ref };
    }
    if (opinion.origin === 'platform' && rule === configuredRules.id) {
      // Our own configuration is taken at its word; the Group may come from elsewhere.
      return { ...opinion, ref: opinion.owner };
    }
    const about = opinion.about ?? subject;
    problems.push({
      id: `owner-${named}:${rule}:${about.ref}`,
      kind: 'unrepresented',
      entityRef: about.ref,
      partition: about.partition,
      title: `The owner that ${about.title} names is not known`,
      detail: `${opinion.evidence} says '${safeText(opinion.owner, 80)}', which is no team that the estate knows. Name a team by its slug.`,
    });
    return undefined;
  };

  for (const rule of ownershipRules) {
    const spoken = rule.opinions(subject, context);
    if (spoken.length === 0) {
      continue;
    }
    const opinions: Resolved[] = [];
    for (const opinion of spoken) {
      const resolved = resolve(rule.id, opinion);
      if (resolved) {
        opinions.push(resolved);
      }
    }
    const owners = new Set(opinions.map(({ ref }) => ref));
    if (!decided) {
      if (owners.size > 1) {
        problems.push({
          id: `contested-owner:${rule.id}:${subject.ref}`,
          kind: 'contested',
          entityRef: subject.ref,
          partition: subject.partition,
          title: `${subject.title} has more than one owner`,
          detail: `${opinions.map(({ evidence, ref }) => `${evidence} says ${ref}`).join('; ')}. None of them is applied.`,
        });
      } else if (opinions.length > 0) {
        const [{ ref, origin, evidence }] = opinions;
        decided = { value: ref, origin, rule: rule.id, evidence };
      }
      continue;
    }
    const { value } = decided;
    const against = opinions.filter(({ ref }) => ref !== value);
    if (decided.origin === 'platform' && against.length > 0) {
      const [{ ref, evidence, about = subject }] = against;
      // One contradiction of a namespace or repository is one problem, however many things it touches.
      problems.push({
        id: `contested-owner:${rule.id}:${about.ref}`,
        kind: 'contested',
        entityRef: about.ref,
        partition: about.partition,
        title: `The owner of ${about.title} is contested`,
        detail: `${evidence} says ${ref}, but ${decided.evidence} says ${decided.value}, which counts.`,
      });
    }
  }

  const fallback = context.config.ownership.default;
  if (!decided && fallback !== undefined) {
    decided = {
      value: fallback,
      origin: 'platform',
      rule: 'default',
      evidence: 'causeway.estate.ownership.default',
    };
  }
  return { owner: decided, problems };
}
