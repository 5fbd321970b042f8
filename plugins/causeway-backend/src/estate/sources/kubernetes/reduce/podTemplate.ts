import type {
  ObservedContainer,
  ObservedReference,
  ObservedWorkload,
} from '../../../observations/model';
import {
  integer,
  type JsonRecord,
  record,
  records,
  text,
  textMap,
  texts,
} from '../../read';
import { parseQuantity } from './quantity';
import { extractReferences } from './references';
import { referencedSecrets } from './referencedSecrets';

const podLabelOptions = { length: 253 };

/** What is kept of a pod template; `undefined` when it has no containers. */
export function reducePodTemplate(
  template: JsonRecord | undefined,
):
  | Pick<
      ObservedWorkload,
      'containers' | 'podLabels' | 'references' | 'secrets'
    >
  | undefined {
  const spec = record(template?.spec);
  const containers = reduceContainers(spec?.containers);
  if (!spec || containers.length === 0) {
    return undefined;
  }
  const references: ObservedReference[] = [];
  for (const list of [spec.initContainers, spec.containers]) {
    for (const container of records(list, 32)) {
      references.push(...reduceReferences(container));
    }
  }
  return {
    containers,
    podLabels:
      textMap(record(template?.metadata)?.labels, podLabelOptions) ?? {},
    references: references.slice(0, 64),
    secrets: referencedSecrets(spec),
  };
}

function reduceContainers(list: unknown): ObservedWorkload['containers'] {
  const containers: ObservedWorkload['containers'] = [];
  for (const container of records(list, 32)) {
    const name = text(container.name, 63);
    const image = text(container.image, 512);
    if (!name || !image) {
      continue;
    }
    const ports: number[] = [];
    for (const { containerPort } of records(container.ports, 32)) {
      const port = integer(containerPort);
      if (port !== undefined) {
        ports.push(port);
      }
    }
    const resources = record(container.resources);
    containers.push({
      name,
      image,
      ports: ports.length ? ports : undefined,
      probes: reduceProbes(container),
      requests: reduceQuantities(resources?.requests),
      limits: reduceQuantities(resources?.limits),
    });
  }
  return containers;
}

function reduceReferences(container: JsonRecord): ObservedReference[] {
  return extractReferences({
    name: text(container.name, 63) ?? '?',
    env: records(container.env, 512),
    args: [
      ...texts(container.command, 64, 8192),
      ...texts(container.args, 128, 8192),
    ],
  });
}

const probes = [
  ['liveness', 'livenessProbe'],
  ['readiness', 'readinessProbe'],
  ['startup', 'startupProbe'],
] as const;

function reduceProbes(
  container: JsonRecord,
): NonNullable<ObservedContainer['probes']> {
  const found: NonNullable<ObservedContainer['probes']> = [];
  for (const [probe, field] of probes) {
    if (record(container[field])) {
      found.push(probe);
    }
  }
  return found;
}

function reduceQuantities(
  value: unknown,
): NonNullable<ObservedContainer['requests']> {
  const quantities = record(value);
  return {
    cpu: parseQuantity(quantities?.cpu),
    memory: parseQuantity(quantities?.memory),
  };
}
