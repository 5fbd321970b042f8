import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import type { ProjectionConfig } from '../config';
import type { Observed } from '../model';
import { byText } from '../compare';
import type { ApplicationSubject } from '../management';
import type { RepositorySubject } from '../repositories';
import { shortHash } from '../naming';
import { safeText } from '../text';
import type { Service } from './services';
import { isTrusted } from './trust';

/** What it takes to hold claims against services. */
export interface ClaimContext {
  config: ProjectionConfig;
  managers(service: Service): ApplicationSubject[];
  code(service: Service): RepositorySubject | undefined;
  /** The reference that a service's own Component would have. */
  plainRef(service: Service): string;
  /** The owner that a text names, where it names one. */
  owner(text: string): string | undefined;
}

/** A claim that counts, with what made it one. */
export interface AppliedClaim {
  claim: Observed<'Claim'>;
  rule: string;
  evidence: string;
}

const kubernetesId = 'backstage.io/kubernetes-id';

interface Match {
  services: Service[];
  rule: string;
  evidence: string;
}

/**
 * Tenants write the label, so it leads into a claim only where no owner
 * speaks against it: services of the claim's own owner come before all others.
 */
function preferOwner(
  labelled: Service[],
  named: Service[],
  owner: string | undefined,
): Service[] {
  const own = [...new Set([...labelled, ...named])].filter(
    ({ platformOwner }) =>
      platformOwner !== undefined && platformOwner === owner,
  );
  const ownLabelled = own.filter(service => labelled.includes(service));
  if (own.length > 0) {
    return ownLabelled.length > 0 ? ownLabelled : own.slice(0, 1);
  }
  const unowned = labelled.filter(
    ({ platformOwner }) => platformOwner === undefined || owner === undefined,
  );
  return unowned.length > 0 ? unowned : named.slice(0, 1);
}

function* explicitMatches(
  { data: { annotations, entityRef, owner } }: Observed<'Claim'>,
  services: Service[],
  context: ClaimContext,
): Iterable<Match> {
  const claimedOwner = owner && context.owner(owner);
  if (annotations.kubernetesId) {
    const id = annotations.kubernetesId;
    const labelled = services.filter(({ members }) =>
      members.some(
        ({ workload }) =>
          workload.labels[kubernetesId] === id ||
          workload.annotations[kubernetesId] === id,
      ),
    );
    // Without the label, the id is the name that people gave the service.
    const named = services.filter(({ name }) => name === id);
    yield {
      services: preferOwner(labelled, named, claimedOwner),
      rule: 'claim-kubernetes-id',
      evidence: `${entityRef} claims ${kubernetesId} ${id}`,
    };
  }
  if (annotations.argocdAppName) {
    const application = annotations.argocdAppName;
    const managed = services.filter(service =>
      context.managers(service).some(({ data }) => data.name === application),
    );
    yield {
      // An umbrella application does not say which of its services is meant.
      services: managed.length === 1 ? managed : [],
      rule: 'claim-argocd-application',
      evidence: `${entityRef} claims application ${application}`,
    };
  }
  if (annotations.githubSlug) {
    const slug = annotations.githubSlug.toLowerCase();
    const built = services.filter(service => {
      const code = context.code(service)?.data;
      return code && `${code.organization}/${code.name}`.toLowerCase() === slug;
    });
    const name = entityRef.slice(entityRef.lastIndexOf('/') + 1);
    yield {
      // In a repository of many services only the name can tell them apart.
      services:
        built.length > 1
          ? built.filter(service => service.name.toLowerCase() === name)
          : built,
      rule: 'claim-repository',
      evidence: `${entityRef} claims repository ${slug}`,
    };
  }
}

function match(
  claim: Observed<'Claim'>,
  services: Service[],
  context: ClaimContext,
): Match | undefined {
  for (const candidate of explicitMatches(claim, services, context)) {
    if (candidate.services.length > 0) {
      return candidate;
    }
  }
  const named = services.find(
    service => context.plainRef(service) === claim.data.entityRef,
  );
  return named
    ? {
        services: [named],
        rule: 'claim-name',
        evidence: `${claim.data.entityRef} has the service's name`,
      }
    : undefined;
}

/**
 * Holds hand-written Components against services. A trusted claim takes its
 * services over; every other one is contested: told, and without effect
 * (THREATS C2).
 */
export function applyClaims(
  claims: Observed<'Claim'>[],
  services: Service[],
  context: ClaimContext,
): {
  applied: Map<Service, AppliedClaim>;
  /** Claims from places that are not trusted, by what they claim. */
  untrusted: Map<Service, Observed<'Claim'>[]>;
  problems: EstateProblem[];
} {
  const applied = new Map<Service, AppliedClaim>();
  const untrusted = new Map<Service, Observed<'Claim'>[]>();
  const problems: EstateProblem[] = [];
  const contest = (claim: Observed<'Claim'>, service: Service, why: string) => {
    const { entityRef, location } = claim.data;
    problems.push({
      id: `contested-claim:${entityRef}:${shortHash([service.key, why])}`,
      kind: 'contested',
      entityRef,
      partition: claim.partition,
      title: `${entityRef} claims ${service.name}`,
      detail: `It comes from ${safeText(location, 300)}. ${why}`,
    });
  };

  for (const claim of [...claims].sort(byText(({ data }) => data.entityRef))) {
    const found = match(claim, services, context);
    const trusted = isTrusted(claim.data, context.config);
    const owner = claim.data.owner && context.owner(claim.data.owner);
    // One Component never stands for services of two platform owners: its own comes first.
    const platformOwner = (
      found?.services.find(service => service.platformOwner === owner) ??
      found?.services.find(service => service.platformOwner)
    )?.platformOwner;
    const { entityRef } = claim.data;
    for (const service of found?.services ?? []) {
      const earlier = applied.get(service);
      if (!trusted) {
        untrusted.set(service, [...(untrusted.get(service) ?? []), claim]);
        contest(
          claim,
          service,
          `That location is not trusted, so nothing of the estate becomes part of it${
            entityRef === context.plainRef(service)
              ? ', and the service itself has a hash in its name while this one stands'
              : ''
          }. Whoever runs the portal can trust the location in causeway.estate.claims.trustedLocations, or remove it.`,
        );
      } else if (earlier) {
        contest(
          claim,
          service,
          `${earlier.claim.data.entityRef} claims the same service and comes first, so this claim has no effect. Remove one of them.`,
        );
      } else if (
        service.platformOwner &&
        service.platformOwner !== platformOwner
      ) {
        contest(
          claim,
          service,
          `The service belongs to ${service.platformOwner}, and another one that it claims to ${platformOwner}, so it has no effect here.`,
        );
      } else {
        applied.set(service, {
          claim,
          rule: found!.rule,
          evidence: found!.evidence,
        });
        if (owner && platformOwner && owner !== platformOwner) {
          contest(
            claim,
            service,
            `It names ${owner} as owner, but the service's instances belong to ${platformOwner} by configuration or Argo CD project, which counts for them.`,
          );
        }
      }
    }
  }
  return { applied, untrusted, problems };
}
