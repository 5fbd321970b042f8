import { SimulatedCluster } from '../SimulatedCluster';
import { KubernetesObject, ResourceType } from '../model';
import { asList, at, isObject } from '../objects/json';

function strings(value: unknown): string[] {
  return asList(value).filter(item => typeof item === 'string');
}

/** Serves the type that a CustomResourceDefinition defines; others are passed over. */
export function installDefinedType(
  cluster: SimulatedCluster,
  object: KubernetesObject,
): void {
  if (object.kind !== 'CustomResourceDefinition') return;
  const version = asList(at(object, 'spec', 'versions')).find(candidate =>
    at(candidate, 'served'),
  );
  const names = at(object, 'spec', 'names');
  if (!isObject(version) || !isObject(names)) return;
  const subresources = (['status', 'scale'] as const).filter(
    name => at(version, 'subresources', name) !== undefined,
  );
  const kind = String(names.kind);
  const type: ResourceType = {
    group: String(at(object, 'spec', 'group')),
    version: String(version.name),
    resource: String(names.plural),
    singular: String(names.singular ?? kind.toLocaleLowerCase('en-US')),
    kind,
    namespaced: at(object, 'spec', 'scope') !== 'Cluster',
    shortNames: strings(names.shortNames),
    categories: strings(names.categories),
    subresources,
  };
  cluster.installType(type);
}
