import { SimulatedCluster } from '../SimulatedCluster';
import { apiVersionOf } from '../objects/builtInTypes';

/**
 * The least of OpenAPI that lets kubectl work: which types take the query
 * parameters `dryRun` and `fieldValidation`. Schemas are left open.
 */
export function describeOpenApi(
  cluster: SimulatedCluster,
  path: string,
): unknown | undefined {
  const prefix = '/openapi/v3';
  const types = cluster.resourceTypes();
  const pathOf = (groupVersion: string) =>
    groupVersion.includes('/') ? `apis/${groupVersion}` : `api/${groupVersion}`;
  if (path === prefix) {
    const groupVersions = new Set(types.map(apiVersionOf));
    return {
      paths: Object.fromEntries(
        [...groupVersions].map(groupVersion => [
          pathOf(groupVersion),
          {
            serverRelativeURL: `${prefix}/${pathOf(groupVersion)}?hash=1`,
          },
        ]),
      ),
    };
  }
  const served = types.filter(
    type => `${prefix}/${pathOf(apiVersionOf(type))}` === path,
  );
  if (served.length === 0) return undefined;
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map(
    name => ({ name, in: 'query', schema: { type: 'string' } }),
  );
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.32.0' },
    paths: Object.fromEntries(
      served.map(type => [
        `/${pathOf(apiVersionOf(type))}/${
          type.namespaced ? 'namespaces/{namespace}/' : ''
        }${type.resource}/{name}`,
        {
          patch: {
            parameters,
            responses: {},
            'x-kubernetes-action': 'patch',
            'x-kubernetes-group-version-kind': {
              group: type.group,
              version: type.version,
              kind: type.kind,
            },
          },
        },
      ]),
    ),
    components: { schemas: {} },
  };
}
