import { estateOpenApi } from '../../estate/openapi';
import { gatePaths } from './gatePaths';
import { requestPaths } from './requestPaths';

/** The gate's REST interface. */
export const gateOpenApi = {
  ...estateOpenApi,
  info: {
    ...estateOpenApi.info,
    title: 'Causeway gate',
    description:
      'Asking for operations, deciding about them, and what came of it',
  },
  paths: { ...gatePaths, ...requestPaths },
};

/** The document that is served: of the estate and of the gate, with paths below `prefix`. */
export function causewayOpenApi(prefix: string) {
  const paths = Object.entries({
    ...estateOpenApi.paths,
    ...gateOpenApi.paths,
  });
  return {
    ...estateOpenApi,
    info: {
      ...estateOpenApi.info,
      title: 'Causeway',
      description: `${estateOpenApi.info.description}; ${gateOpenApi.info.description.toLowerCase()}`,
    },
    paths: Object.fromEntries(
      paths.map(([path, item]) => [`${prefix}${path}`, item]),
    ),
  };
}
