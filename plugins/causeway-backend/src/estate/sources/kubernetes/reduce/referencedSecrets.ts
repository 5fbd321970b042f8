import { type JsonRecord, record, records, text } from '../../read';

const most = 32;

/**
 * Names of the Secrets that a pod uses, by its environment, its volumes and
 * for pulling its images; sorted. `undefined` where it uses none.
 */
export function referencedSecrets(pod: JsonRecord): string[] | undefined {
  const names = new Set<string>();
  const add = (name: unknown) => {
    const read = text(name, 253);
    if (read && names.size < most) {
      names.add(read);
    }
  };
  for (const container of [
    ...records(pod.initContainers, 32),
    ...records(pod.containers, 32),
  ]) {
    for (const variable of records(container.env, 512)) {
      add(record(record(variable.valueFrom)?.secretKeyRef)?.name);
    }
    for (const source of records(container.envFrom, 64)) {
      add(record(source.secretRef)?.name);
    }
  }
  for (const volume of records(pod.volumes, 64)) {
    add(record(volume.secret)?.secretName);
    for (const source of records(record(volume.projected)?.sources, 32)) {
      add(record(source.secret)?.name);
    }
  }
  for (const pull of records(pod.imagePullSecrets, 16)) {
    add(pull.name);
  }
  return names.size > 0 ? [...names].sort() : undefined;
}
