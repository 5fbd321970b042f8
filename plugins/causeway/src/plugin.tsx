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
import {
  RiFileList3Line,
  RiRoadMapLine,
  RiScales3Line,
  RiShieldCheckLine,
} from '@remixicon/react';
import { EstateClient, estateApiRef, GateClient, gateApiRef } from './api';
import {
  approvalsRouteRef,
  auditRouteRef,
  estateRouteRef,
  policyRouteRef,
} from './routes';

/** Components of which the estate can say where they run. */
const isRunning = {
  kind: 'component',
  'spec.type': { $in: ['service', 'website'] },
};

/** Resources that one of our sources reported. */
const isIngestedResource = (entity: Entity) =>
  entity.kind === 'Resource' &&
  causewayAnnotations.source in (entity.metadata.annotations ?? {});

/** What an operation of the gate can be asked for, or has parts that it can. */
const isGoverned = (entity: Entity) =>
  entity.kind === 'Component' ||
  (isIngestedResource(entity) &&
    ['kubernetes-workload', 'argocd-application'].includes(
      String(entity.spec?.type),
    ));

const estateApi = ApiBlueprint.make({
  name: 'estate',
  params: defineParams =>
    defineParams({
      api: estateApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new EstateClient({ fetchApi }),
    }),
});

const gateApi = ApiBlueprint.make({
  name: 'gate',
  params: defineParams =>
    defineParams({
      api: gateApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new GateClient({ fetchApi }),
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

const approvalsPage = PageBlueprint.make({
  name: 'approvals',
  params: {
    path: '/approvals',
    routeRef: approvalsRouteRef,
    title: 'Approvals',
    icon: <RiShieldCheckLine aria-hidden />,
    loader: () =>
      import('./approvals/ApprovalsPage').then(m => <m.ApprovalsPage />),
  },
});

const policyPage = PageBlueprint.make({
  name: 'policy',
  params: {
    path: '/policy',
    routeRef: policyRouteRef,
    title: 'Policy',
    icon: <RiScales3Line aria-hidden />,
    loader: () => import('./policy/PolicyPage').then(m => <m.PolicyPage />),
  },
});

const auditPage = PageBlueprint.make({
  name: 'audit',
  params: {
    path: '/audit',
    routeRef: auditRouteRef,
    title: 'Audit',
    icon: <RiFileList3Line aria-hidden />,
    loader: () => import('./audit/AuditPage').then(m => <m.AuditPage />),
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

const operationsContent = EntityContentBlueprint.make({
  name: 'operations',
  params: {
    path: 'operations',
    title: 'Operations',
    filter: isGoverned,
    loader: () =>
      import('./operations/OperationsContent').then(m => (
        <m.OperationsContent />
      )),
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

const requestsCard = EntityCardBlueprint.make({
  name: 'requests',
  params: {
    type: 'content',
    filter: isGoverned,
    loader: () =>
      import('./operations/RequestsCard').then(m => <m.RequestsCard />),
  },
});

/**
 * The frontend plugin: the *Estate*, *Approvals*, *Policy* and *Audit* pages,
 * and tabs and cards on entity pages.
 *
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'causeway',
  title: 'Causeway',
  icon: <RiRoadMapLine aria-hidden />,
  info: { packageJson: () => import('../package.json') },
  // None is the root: each page's title leads to that page.
  routes: {
    estate: estateRouteRef,
    approvals: approvalsRouteRef,
    policy: policyRouteRef,
    audit: auditRouteRef,
  },
  extensions: [
    estateApi,
    gateApi,
    estatePage,
    approvalsPage,
    policyPage,
    auditPage,
    runtimeCard,
    requestsCard,
    sourceCard,
    runtimeContent,
    graphContent,
    operationsContent,
  ],
});
