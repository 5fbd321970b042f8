import type {
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
import { extractReferences } from './references';

/** What is kept of a pod template; `undefined` when it has no containers. */
export function reducePodTemplate(
  template: JsonRecord | undefined,
):
  | Pick<ObservedWorkload, 'containers' | 'podLabels' | 'references'>
  | undefined {
  const spec = record(template?.spec);
  const containers = records(spec?.containers, 32).flatMap(container => {
    const name = text(container.name, 63);
    const image = text(container.image, 512);
    if (!name || !image) {
      return [];
    }
    const ports = records(container.ports, 32).flatMap(
      port => integer(port.containerPort) ?? [],
    );
    return [{ name, image, ports: ports.length ? ports : undefined }];
  });
  if (!spec || containers.length === 0) {
    return undefined;
  }
  const references: ObservedReference[] = [
    ...records(spec.initContainers, 32),
    ...records(spec.containers, 32),
  ].flatMap(container =>
    extractReferences({
      name: text(container.name, 63) ?? '?',
      env: records(container.env, 512).flatMap(variable =>
        typeof variable.name === 'string' && typeof variable.value === 'string'
          ? [{ name: variable.name, value: variable.value }]
          : [],
      ),
      args: [
        ...texts(container.command, 64, 8192),
        ...texts(container.args, 128, 8192),
      ],
    }),
  );
  return {
    containers,
    podLabels:
      textMap(record(template?.metadata)?.labels, { length: 253 }) ?? {},
    references: references.slice(0, 64),
  };
}
