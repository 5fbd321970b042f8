import type {
  FactDefinition,
  FactType,
} from '@causeway/backstage-plugin-causeway-common';

/** A fact as its topic declares it; what is not said is the usual. */
export interface FactSpec {
  type: FactType;
  unit?: string;
  /** `spec.type` of the entities that it is told of. */
  subjects: readonly string[];
  /** Kinds of workload that it makes no sense for. */
  notFor?: readonly string[];
  description: string;
  /** Whether the value is an entity reference that not everybody may know. */
  reference?: boolean;
  /** Whether a service has it from its workloads, and tells it only to those who may read these. Defaults to false. */
  ofParts?: boolean;
  /** Defaults to `unknown`. */
  absence?: FactDefinition['absence'];
  /** Whether a new value is a change. Defaults to true. */
  tracked?: boolean;
  /** Whether the last value is carried on while nobody tells a new one. Defaults to false. */
  carried?: boolean;
}

/** The values of the facts of a topic: each may be absent. */
export type ValuesOf<T> = {
  -readonly [N in keyof T]?: T[N] extends { type: 'boolean' }
    ? boolean
    : T[N] extends { type: 'string' }
      ? string
      : number;
};

/** The facts of one topic, by name. */
export function defineFacts<const T extends Record<string, FactSpec>>(
  facts: T,
): T {
  return facts;
}

/** What runs in a cluster: services' instances and datastores. */
export const workloadTypes = ['kubernetes-workload', 'datastore'] as const;

/** A service, and the repository that its code is in. */
export const codeTypes = ['github-repository', 'service'] as const;
