import type { Entity } from '@backstage/catalog-model';
import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';
import { RiRoadMapLine } from '@remixicon/react';
import { EstateClient, estateApiRef } from './api';
import { estateRouteRef } from './routes';

/** Components of which the estate can say where they run. */
const isRunning = {
  kind: 'component',
  'spec.type': { $in: ['service', 'website'] },
};

/** Resources that one of our sources reported. */
const isIngestedResource = (entity: Entity) =>
  entity.kind === 'Resource' &&
  causewayAnnotations.source in (entity.metadata.annotations ?? {});

const estateApi = ApiBlueprint.make({
  name: 'estate',
  params: defineParams =>
    defineParams({
      api: estateApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new EstateClient({ fetchApi }),
    }),
});

const estatePage = PageBlueprint.make({
  params: {
    path: '/estate',
    routeRef: estateRouteRef,
    title: 'Estate',
    icon: <RiRoadMapLine aria-hidden />,
    loader: () => import('./estate/EstatePage').then(m => <m.EstatePage />),
  },
});

const runtimeContent = EntityContentBlueprint.make({
  name: 'runtime',
  params: {
    path: 'runtime',
    title: 'Runtime',
    filter: isRunning,
    loader: () =>
      import('./runtime/RuntimeContent').then(m => <m.RuntimeContent />),
  },
});

const graphContent = EntityContentBlueprint.make({
  name: 'graph',
  params: {
    path: 'graph',
    title: 'Graph',
    filter: { kind: { $in: ['component', 'resource', 'api', 'system'] } },
    loader: () => import('./graph/GraphContent').then(m => <m.GraphContent />),
  },
});

const runtimeCard = EntityCardBlueprint.make({
  name: 'runtime',
  params: {
    type: 'content',
    filter: isRunning,
    loader: () => import('./runtime/RuntimeCard').then(m => <m.RuntimeCard />),
  },
});

const sourceCard = EntityCardBlueprint.make({
  name: 'source',
  params: {
    type: 'content',
    filter: isIngestedResource,
    loader: () => import('./runtime/SourceCard').then(m => <m.SourceCard />),
  },
});

/**
 * The frontend plugin: the *Estate* page, and tabs and cards on entity pages.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'causeway',
  title: 'Causeway',
  icon: <RiRoadMapLine aria-hidden />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: estateRouteRef },
  extensions: [
    estateApi,
    estatePage,
    runtimeCard,
    sourceCard,
    runtimeContent,
    graphContent,
  ],
});
