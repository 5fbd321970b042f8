import { worstHealth } from '@causeway/backstage-plugin-causeway-common';
import { healthOfConditions, toConditions } from '../conditions';
import { type CrossplaneSubject, crossplaneTree } from '../crossplane';
import { engineOfKind } from '../datastoreKinds';
import type { RelationRule } from '../relations/model';
import { secretUsers } from '../secretUsers';
import { placeKey } from '../sortObservations';
import type { Subjects } from '../subjects';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

const types = {
  claim: 'crossplane-claim',
  composite: 'crossplane-composite',
  managed: 'crossplane-managed',
} as const;

type Data = CrossplaneSubject['data'];

/** Whether people meet it by itself: not what only stands for something above it. */
function isOutermost({ role, claim, meta }: Data): boolean {
  return role === 'claim' || (claim === undefined && !meta.owners?.length);
}

function engineOf(data: Data): string | undefined {
  return isOutermost(data)
    ? engineOfKind(data.group, data.kind, data.engine)
    : undefined;
}

/** The worst of its own health and that of all below it. */
function healthOf(subject: CrossplaneSubject, subjects: Subjects, depth = 0) {
  const { below } = crossplaneTree(subjects);
  const own = healthOfConditions(toConditions(subject.data.conditions));
  const parts: ReturnType<typeof healthOfConditions>[] =
    depth < 8
      ? below(subject).map(part => healthOf(part, subjects, depth + 1))
      : [];
  return worstHealth([own, ...parts].flatMap(health => health ?? []));
}

/** A claim provisions its composite resource, and that what it is composed of. */
const provisions: RelationRule = {
  id: 'crossplane-reference',
  *infer({ subjects }) {
    const tree = crossplaneTree(subjects);
    for (const upper of subjects.of('CrossplaneResource')) {
      for (const lower of tree.below(upper)) {
        yield {
          from: upper.ref,
          type: 'provisions',
          to: lower.ref,
          evidence: `${upper.data.kind} ${upper.objectName} on ${upper.cluster} refers to ${lower.data.kind} ${lower.objectName}`,
          confidence: 'certain',
          partition: upper.partition,
          carrier: upper.ref,
        };
      }
    }
  },
};

/** A workload depends on the thing whose connection Secret it uses. */
const usesConnectionSecret: RelationRule = {
  id: 'connection-secret',
  *infer({ subjects }) {
    const tree = crossplaneTree(subjects);
    for (const resource of subjects.of('CrossplaneResource')) {
      const { secret } = resource.data;
      const namespace = secret?.namespace ?? resource.namespace;
      if (!secret || !namespace) {
        continue;
      }
      const users = secretUsers(subjects, {
        cluster: resource.cluster!,
        namespace,
        name: secret.name,
      });
      for (const workload of users) {
        yield {
          from: workload.ref,
          type: 'dependsOn',
          to: tree.top(resource).ref,
          evidence: `${workload.data.workloadKind} ${namespace}/${workload.objectName} on ${workload.cluster} uses Secret ${secret.name}, which ${resource.data.kind} ${resource.objectName} writes`,
          confidence: 'certain',
          partition: workload.partition,
          carrier: workload.ref,
        };
      }
    }
  },
};

/** A workload depends on the thing whose host it is configured with. */
const usesHost: RelationRule = {
  id: 'provisioned-host',
  *infer({ subjects }) {
    const tree = crossplaneTree(subjects);
    const byHost = new Map<string, CrossplaneSubject>();
    for (const resource of subjects.of('CrossplaneResource')) {
      if (resource.data.host) {
        byHost.set(placeKey(resource.cluster!, resource.data.host), resource);
      }
    }
    for (const workload of byHost.size > 0 ? subjects.workloads : []) {
      for (const { host, where } of workload.data.references) {
        const resource = byHost.get(placeKey(workload.cluster, host));
        if (resource) {
          yield {
            from: workload.ref,
            type: 'dependsOn',
            to: tree.top(resource).ref,
            evidence: `${workload.data.workloadKind} ${workload.namespace}/${workload.objectName} on ${workload.cluster}, ${where}: ${host} is ${resource.data.kind} ${resource.objectName}`,
            confidence: 'likely',
            partition: workload.partition,
            carrier: workload.ref,
          };
        }
      }
    }
  },
};

/** Claims, composite and managed resources of whatever kinds there are. */
export const crossplaneResource: SubjectKind<'CrossplaneResource'> = {
  observed: 'CrossplaneResource',

  identify(observation) {
    const { data, source } = observation;
    const { role, group, kind, meta } = data;
    const identity = identifyInCluster(observation, {
      type: engineOf(data) ? 'datastore' : types[role],
      kind,
      group,
    });
    if (role !== 'managed') {
      return identity;
    }
    // Providers call many things Instance or Cluster: the first part of the group tells them apart.
    const told = `${kind}-${group.split('.')[0]}`.toLowerCase();
    return {
      ...identity,
      parts: meta.namespace
        ? [source, meta.namespace, told, meta.name]
        : [source, told, meta.name],
    };
  },

  describe(subject) {
    const { role, kind, group, composition, provider } = subject.data;
    const engine = engineOf(subject.data);
    const what = `${safeText(kind, 63)}, ${{ claim: 'Crossplane claim', composite: 'Crossplane composite resource', managed: 'managed resource' }[role]}`;
    const where = subject.namespace
      ? `in namespace ${subject.namespace} on ${subject.cluster}`
      : `on ${subject.cluster}`;
    return {
      title: placedTitle(subject),
      description: `${engine ? `${engine}, ` : ''}${what} ${where}`,
      details: {
        kind: safeText(kind, 63),
        group: safeText(group, 253),
        name: subject.objectName,
        role,
        engine,
        composition: safeText(composition, 253),
        provider: safeText(provider, 253),
      },
    };
  },

  conditions: ({ conditions }) => toConditions(conditions),

  context: (subject, { subjects }) => ({ health: healthOf(subject, subjects) }),

  // What has no namespace belongs to whoever claims it.
  owned(subject, subjects) {
    const top = crossplaneTree(subjects).top(subject);
    return subject.namespace || !top.namespace
      ? {}
      : {
          namespace: top.namespace,
          namespaceSubject: subjects.byPlace.get(
            placeKey(top.cluster!, '', 'namespace', top.namespace),
          ),
        };
  },

  relations: [provisions, usesConnectionSecret, usesHost],
};
