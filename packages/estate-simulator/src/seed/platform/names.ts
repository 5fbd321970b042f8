import { createHash } from 'node:crypto';
import type { ComposedSeed, DefinitionSeed, InstanceSeed } from './model';

/** Crossplane ends generated names with five letters and digits; these are the same in every run. */
function ending(...parts: string[]): string {
  return createHash('sha256')
    .update(parts.join('\0'))
    .digest('hex')
    .slice(0, 5);
}

/** Name of an instance's composite resource. */
export function compositeName(
  cluster: string,
  { claim }: DefinitionSeed,
  { name, namespace }: InstanceSeed,
): string {
  return claim ? `${name}-${ending(cluster, namespace, name)}` : name;
}

/** Name of one of the managed resources that an instance consists of. */
export function composedName(
  cluster: string,
  definition: DefinitionSeed,
  instance: InstanceSeed,
  { suffix }: ComposedSeed,
): string {
  return `${compositeName(cluster, definition, instance)}-${suffix}`;
}
