import type { FactDefinition } from '@causeway/backstage-plugin-causeway-common';
import { codeTypes, type FactSpec, type ValuesOf } from './defineFacts';
import { autoscalingFacts } from './derive/autoscaling';
import { branchProtectionFacts } from './derive/branchProtection';
import { deliveryFacts } from './derive/delivery';
import { disruptionFacts } from './derive/disruption';
import { goldenPathFacts } from './derive/goldenPath';
import { imageAgeFacts, imageFacts } from './derive/image';
import { networkFacts } from './derive/network';
import { policyFacts } from './derive/policy';
import { probeFacts } from './derive/probes';
import { replicaFacts } from './derive/replicas';
import { repositoryFacts, workflowFacts } from './derive/repository';
import { resourceFacts } from './derive/resources';
import { serviceFacts, workloadKindFacts } from './derive/service';
import { stateFacts } from './derive/state';

const topics = {
  ...stateFacts,
  ...workloadKindFacts,
  ...probeFacts,
  ...resourceFacts,
  ...replicaFacts,
  ...autoscalingFacts,
  ...disruptionFacts,
  ...networkFacts,
  ...policyFacts,
  ...imageFacts,
  ...imageAgeFacts,
  ...deliveryFacts,
  ...goldenPathFacts,
  ...repositoryFacts,
  ...workflowFacts,
  ...branchProtectionFacts,
  ...serviceFacts,
};

/** Name of a fact. */
export type FactName = keyof typeof topics;

/** Values of any facts. */
export type FactValues = ValuesOf<typeof topics>;

function toDefinition([name, spec]: [string, FactSpec]): FactDefinition {
  return {
    name,
    type: spec.type,
    unit: spec.unit,
    subjects: spec.subjects,
    notFor: spec.notFor,
    description: spec.description,
    reference: spec.reference,
    absence: spec.absence ?? 'unknown',
    tracked: spec.tracked ?? true,
  };
}

const specs: [string, FactSpec][] = Object.entries(topics);

/** Every fact that is told of anything. */
export const factCatalogue: readonly FactDefinition[] = specs.map(toDefinition);

/** Every fact by name. */
export const factsByName: ReadonlyMap<string, FactDefinition> = new Map(
  factCatalogue.map(definition => [definition.name, definition]),
);

/** Facts whose values are references that a caller may not be allowed to know. */
export const referenceFacts: ReadonlySet<string> = new Set(
  specs.flatMap(([name, spec]) => (spec.reference ? [name] : [])),
);

/** Facts that a service has from its workloads. */
export const factsOfParts: ReadonlySet<string> = new Set(
  specs.flatMap(([name, spec]) => (spec.ofParts ? [name] : [])),
);

/** Facts that a service has from its repository: those that are told of both. */
export const factsOfRepository: ReadonlySet<string> = new Set(
  specs.flatMap(([name, { subjects }]) =>
    codeTypes.every(type => subjects.includes(type)) ? [name] : [],
  ),
);

/** Facts whose last value is carried on while nobody tells a new one. */
export const carriedFacts: readonly string[] = specs.flatMap(([name, spec]) =>
  spec.carried ? [name] : [],
);

/** Whether a fact is told of entities of a type. */
export function isFactOf({ subjects }: FactDefinition, type: string): boolean {
  return subjects.includes(type) || subjects.includes('*');
}
