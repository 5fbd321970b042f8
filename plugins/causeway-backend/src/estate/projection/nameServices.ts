import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { byText } from './compare';
import { runnerOf } from './agents';
import type { ProjectionConfig } from './config';
import type { EntityNames } from './EntityNames';
import { applyClaims } from './identity/claims';
import { safeText } from './text';
import { nameLabel } from './identity/labels';
import { groupIntoServices, type Service } from './identity/services';
import { isTrusted } from './identity/trust';
import type { ApplicationSubject, Management } from './management';
import { entityName } from './naming';
import { mapInPieces } from './pieces';
import type { SortedObservations } from './sortObservations';
import type { Subjects, WorkloadSubject } from './subjects';
import type { Teams } from './teams';
import type { CodeLocation, NamedService } from './World';

/** Services with their Components. */
export interface NamedServices {
  services: NamedService[];
  serviceOf(workload: WorkloadSubject): NamedService | undefined;
  problems: EstateProblem[];
}

/**
 * Finds the services, gives those that a trusted hand-written Component claims
 * to it, and names the others: the oldest of a name keeps it, and nobody gets
 * the name of a hand-written Component that does not stand for it.
 */
export function* nameServices(
  input: {
    observed: SortedObservations;
    subjects: Subjects;
    teams: Teams;
    management: Management;
    codeOf(workload: WorkloadSubject): CodeLocation | undefined;
    platformOwner(workload: WorkloadSubject): string | undefined;
    environmentNames: string[];
  },
  names: EntityNames,
  config: ProjectionConfig,
): Generator<undefined, NamedServices> {
  const { observed, subjects, teams, management, codeOf } = input;
  const workloads = subjects.workloads.filter(
    workload => !workload.engine && !runnerOf(workload, subjects),
  );
  const placeNames = new Set(
    [
      ...Object.keys(config.clusters),
      ...subjects.clusters.map(({ objectName }) => objectName),
      ...input.environmentNames,
    ]
      .map(name => name.toLowerCase())
      // The longest first: `production-eu` ends a name before `eu` does.
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
  );
  const labelled = new Map<ApplicationSubject, number>();
  const grouped = groupIntoServices(
    workloads,
    {
      managers: workload => management.managers(workload.ref),
      labelledNames(application) {
        let count = labelled.get(application);
        if (count === undefined) {
          const found = management
            .managed(application)
            .filter(({ subject }) => subject.type === 'kubernetes-workload')
            .flatMap(({ subject }) => subject.labels[nameLabel] ?? []);
          count = new Set(found).size;
          labelled.set(application, count);
        }
        return count;
      },
      placeNames,
    },
    input.platformOwner,
  );
  yield;

  const code = (service: Service) =>
    service.members
      .flatMap(({ workload }) => codeOf(workload) ?? [])
      .sort(byText(({ repository }) => repository.ref))[0];
  const plainRef = (service: Service) =>
    names.ref('component', entityName([service.name]).name);
  const { applied, untrusted, problems } = applyClaims(
    observed.Claim,
    grouped.services,
    {
      config,
      managers: ({ members }) =>
        members.flatMap(({ workload }) => management.managers(workload.ref)),
      code: service => code(service)?.repository,
      plainRef,
      owner: text => {
        const owner = teams.owner(text);
        return typeof owner === 'string' ? undefined : owner.ref;
      },
    },
  );

  yield;

  const handWritten = new Map(
    observed.Claim.map(claim => [claim.data.entityRef, claim]),
  );
  // On the service as well: whoever decides about it looks there, not at the claimant.
  const contest = (service: Service, ref: string) => {
    for (const { data, partition } of untrusted.get(service) ?? []) {
      if (data.entityRef !== ref && data.entityRef !== plainRef(service)) {
        problems.push({
          id: `claimed:${ref}:${data.entityRef}`,
          kind: 'contested',
          entityRef: ref,
          partition,
          title: `${data.entityRef} lays claim to ${ref}`,
          detail: `It comes from ${safeText(data.location, 300)}, which is not trusted for it, so the claim has no effect.`,
        });
      }
    }
  };
  const services = yield* mapInPieces(
    grouped.services,
    (service): NamedService => {
      const claim = applied.get(service);
      if (claim) {
        contest(service, claim.claim.data.entityRef);
        return {
          ...service,
          ref: claim.claim.data.entityRef,
          componentName: service.name,
          claim,
          code: code(service),
        };
      }
      const wanted = plainRef(service);
      const squatter = handWritten.get(wanted);
      const { ref, name } = names.take('component', [service.name], {
        title: `Service ${service.name} of namespace ${service.namespace}`,
        partition: service.members[0].workload.partition,
        hashOf: [service.namespace, service.name],
        hashed: squatter !== undefined,
      });
      if (squatter) {
        problems.push({
          id: `taken:${ref}`,
          kind: isTrusted(squatter.data, config) ? 'collision' : 'contested',
          entityRef: ref,
          partition: squatter.partition,
          title: `The name ${service.name} is taken by a hand-written Component`,
          detail: `${wanted} does not stand for the service ${service.name} of namespace ${service.namespace}, so that one is ${ref}.`,
        });
      }
      contest(service, ref);
      return { ...service, ref, componentName: name, code: code(service) };
    },
  );

  for (const service of services) {
    for (const { workload } of service.members) {
      workload.service = service;
    }
  }
  return {
    services,
    serviceOf: workload => workload.service,
    problems: [...grouped.problems, ...problems],
  };
}
