import { createHash } from 'node:crypto';
import { KubernetesMetadata, KubernetesObject, ResourceType } from '../model';
import { typeName } from './builtInTypes';
import { hasGeneration, sameSpec } from './objectShape';

/** A time as the API writes it: whole seconds, UTC. */
export function apiTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Looks like a random UUID and is the same in every run of the same seed. */
function uidOf(parts: (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('\0')).digest('hex');
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return groups.join('-');
}

/** The metadata that the server sets on a write: uid, version, times, generation. */
export function stampedMetadata(options: {
  cluster: string;
  type: ResourceType;
  next: KubernetesObject;
  live: KubernetesObject | undefined;
  version: number;
  time: string;
}): KubernetesMetadata {
  const { cluster, type, next, live, version, time } = options;
  const { name, namespace = '', creationTimestamp } = next.metadata;
  const metadata: KubernetesMetadata = {
    ...next.metadata,
    uid:
      live?.metadata.uid ??
      uidOf([cluster, typeName(type), namespace, name, version]),
    resourceVersion: String(version),
    creationTimestamp:
      live?.metadata.creationTimestamp ?? creationTimestamp ?? time,
  };
  delete metadata.generation;
  if (hasGeneration(type)) {
    const before = live?.metadata.generation ?? 0;
    metadata.generation = live && sameSpec(live, next) ? before : before + 1;
  }
  return metadata;
}
