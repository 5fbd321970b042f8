import type {
  ObservedRollout,
  ObservedWorkload,
} from '../../../observations/model';
import { integer, type JsonRecord, record, records, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';
import { reducePodTemplate } from './podTemplate';

/** Reduces a Rollout of Argo Rollouts; one with a `workloadRef` has no containers of its own. */
export function reduceRollout(
  object: JsonRecord,
): ObservedWorkload | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  const status = record(object.status) ?? {};
  if (!meta || !spec) {
    return undefined;
  }
  const templateOf = reduceReference(spec.workloadRef);
  const pods =
    reducePodTemplate(record(spec.template)) ??
    (templateOf && { containers: [], podLabels: {}, references: [] });
  if (!pods) {
    return undefined;
  }
  const generation = integer(record(object.metadata)?.generation);
  const seen = observedGeneration(status.observedGeneration);
  const count = (field: string) => integer(status[field]) ?? 0;
  return {
    meta,
    workloadKind: 'Rollout',
    replicas: {
      desired: integer(spec.replicas) ?? 1,
      ready: count('readyReplicas'),
      updated: count('updatedReplicas'),
      available: count('availableReplicas'),
    },
    current:
      generation === undefined || (seen !== undefined && seen >= generation),
    ...pods,
    conditions: reduceConditions(status.conditions),
    rollout: { ...reduceState(spec, status), templateOf },
  };
}

/** Argo Rollouts writes the generation as text. */
function observedGeneration(value: unknown): number | undefined {
  const written = text(value, 20);
  return written !== undefined && /^\d+$/.test(written)
    ? integer(Number(written))
    : integer(value);
}

function reduceReference(value: unknown): ObservedRollout['templateOf'] {
  const reference = record(value);
  const kind = text(reference?.kind, 63);
  const name = text(reference?.name, 253);
  return kind && name ? { kind, name } : undefined;
}

function reduceState(spec: JsonRecord, status: JsonRecord): ObservedRollout {
  const strategy = record(spec.strategy);
  const canary = record(strategy?.canary);
  const blueGreen = record(strategy?.blueGreen);
  const steps = records(canary?.steps, 100);
  const stable = text(status.stableRS, 128);
  const underWay =
    stable !== undefined && stable !== text(status.currentPodHash, 128);
  const step = integer(status.currentStepIndex);
  const state: ObservedRollout = {
    phase: text(status.phase, 32),
    message: text(status.message, 256),
    paused:
      spec.paused === true || records(status.pauseConditions, 8).length > 0,
    aborted: status.abort === true,
  };
  if (canary) {
    return {
      ...state,
      strategy: 'canary',
      steps: steps.length || undefined,
      step: underWay ? step : undefined,
      weight: underWay ? canaryWeight(status, steps, step) : undefined,
    };
  }
  return blueGreen ? { ...state, strategy: 'blueGreen' } : state;
}

/** What traffic routing reports, else what the last step that set a weight asked for. */
function canaryWeight(
  status: JsonRecord,
  steps: readonly JsonRecord[],
  step: number | undefined,
): number | undefined {
  const reported = integer(
    record(record(record(status.canary)?.weights)?.canary)?.weight,
  );
  if (reported !== undefined || step === undefined) {
    return reported;
  }
  const set = steps
    .slice(0, step + 1)
    .flatMap(({ setWeight }) => integer(setWeight) ?? []);
  return set[set.length - 1] ?? 0;
}
