import { runnerOf } from '../agents';
import { toConditions } from '../conditions';
import type { RelationRule } from '../relations/model';
import { placeKey } from '../sortObservations';
import { safeText } from '../text';
import {
  identifyInCluster,
  placedTitle,
  type SubjectKind,
} from './SubjectKind';

const usesTools: RelationRule = {
  id: 'agent-tool',
  *infer({ subjects }) {
    for (const agent of subjects.of('Agent')) {
      for (const { group, kind, name, namespace } of agent.data.uses) {
        const used = subjects.byPlace.get(
          placeKey(
            agent.cluster!,
            namespace ?? agent.namespace!,
            `${kind.toLowerCase()}.${group}`,
            name,
          ),
        );
        if (used && used.ref !== agent.ref) {
          yield {
            from: agent.ref,
            type: 'uses',
            to: used.ref,
            evidence: `agent ${agent.namespace}/${agent.objectName} on ${agent.cluster} names ${kind} ${name}`,
            confidence: 'certain',
            partition: agent.partition,
            carrier: agent.ref,
          };
        }
      }
    }
  },
};

const runsWorkload: RelationRule = {
  id: 'agent-workload',
  *infer({ subjects }) {
    for (const workload of subjects.workloads) {
      const runner = runnerOf(workload, subjects);
      if (runner) {
        yield {
          from: workload.ref,
          type: 'partOf',
          to: runner.ref,
          evidence: `${workload.data.workloadKind} ${workload.namespace}/${workload.objectName} names ${runner.objectKind} ${runner.objectName} as its owner`,
          confidence: 'certain',
          partition: workload.partition,
          carrier: workload.ref,
        };
      }
    }
  },
};

/** An agent of kagent. */
export const agent: SubjectKind<'Agent'> = {
  observed: 'Agent',

  identify: observation =>
    identifyInCluster(observation, {
      type: 'agent',
      kind: 'Agent',
      group: 'kagent.dev',
    }),

  describe: subject => ({
    title: placedTitle(subject),
    description:
      safeText(subject.data.description, 400) ??
      `Agent in namespace ${subject.namespace} on ${subject.cluster}`,
    details: {
      name: subject.objectName,
      agentType: safeText(subject.data.agentType, 32),
      model: safeText(subject.data.model, 253),
    },
  }),

  conditions: ({ conditions }) => toConditions(conditions),

  relations: [usesTools, runsWorkload],
};
