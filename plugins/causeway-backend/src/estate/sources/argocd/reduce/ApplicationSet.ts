import type { ObservedArgoApplicationSet } from '../../../observations/model';
import { reduceConditions } from '../../kubernetes/reduce/conditions';
import {
  isKeptAnnotation,
  isKeptLabel,
} from '../../kubernetes/reduce/metadata';
import { type JsonRecord, record, records, text, textMap } from '../../read';

/** What is asked for: generators may hold anything, their kinds are kept alone. */
export const applicationSetFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.labels',
  'metadata.annotations',
  'spec.generators',
  'spec.template.spec.project',
  'status.conditions',
];

/** Fields of an ApplicationSet that are kept; `undefined` when it is malformed. */
export function reduceApplicationSet(
  object: JsonRecord,
  instance: string,
): ObservedArgoApplicationSet | undefined {
  const metadata = record(object.metadata);
  const spec = record(object.spec);
  const name = text(metadata?.name, 253);
  if (!metadata || !spec || !name) {
    return undefined;
  }
  const generators = records(spec.generators, 32).flatMap(generator =>
    Object.keys(generator)
      .filter(key => key !== 'selector')
      .slice(0, 4)
      .flatMap(key => text(key, 63) ?? []),
  );
  return {
    instance,
    name,
    namespace: text(metadata.namespace, 253) ?? 'argocd',
    uid: text(metadata.uid, 64),
    labels: textMap(metadata.labels, { wanted: isKeptLabel, length: 253 }),
    annotations: textMap(metadata.annotations, {
      wanted: isKeptAnnotation,
      length: 512,
    }),
    generators: [...new Set(generators)],
    project: text(record(record(spec.template)?.spec)?.project, 253),
    conditions: reduceConditions(record(object.status)?.conditions),
  };
}
