import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  type ActionsRegistryService,
} from '@backstage/backend-plugin-api/alpha';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import permissionBackend from '@backstage/plugin-permission-backend';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import type { JsonObject } from '@backstage/types';
import { causewayPermissions } from '@causeway/backstage-plugin-causeway-common';
import type { Entity } from '@backstage/catalog-model';
import { FakeCatalog } from '../../estate/__testUtils__/startEstate';
import type { Ask } from '../../estate/questions/createQuestions';
import type { GateConfig } from '../config/GateConfig';
import { readGateConfig } from '../config/readGateConfig';
import { createFaces, type Faces } from '../createFaces';
import type { PermissionsOff } from '../permissions/requireWriter';
import { FakeAudit } from './FakeAudit';
import { FakeGate } from './FakeGate';
import { testAuth } from './testAuth';

/** Decides like a permission policy of an installation. */
export type Decide = (
  permission: Permission,
  user: string | undefined,
) => PolicyDecision;

/** Everybody may do everything. */
export const allowAll: Decide = () => ({ result: AuthorizeResult.ALLOW });

/** What the faces are tried with. */
export interface FacesLabOptions {
  decide?: Decide;
  /** `permission.enabled`; absent leaves it unset. */
  permissionEnabled?: boolean;
  permissionsOff?: PermissionsOff;
  /** `causeway.gate`. */
  gateConfig?: JsonObject;
  config?: JsonObject;
  features?: BackendFeature[];
  /** References of catalog entities that a person may not read. */
  hidden?: FakeCatalog['hidden'];
  /** Whoever stands on the gate. */
  extend?: (
    registry: ActionsRegistryService,
    faces: Faces,
    gateConfig: GateConfig,
  ) => void;
}

const entity = (
  name: string,
  kind = 'Component',
  type = 'service',
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default' },
  spec: { type },
});

/** The gate's faces over a gate in memory, with Backstage's own permissions in between. */
export async function startFaces(options: FacesLabOptions = {}) {
  const gate = new FakeGate();
  const audit = new FakeAudit();
  const catalog = new FakeCatalog();
  catalog.entities = [
    entity('payment-api'),
    entity('ledger'),
    entity('payments', 'Resource', 'argocd-application'),
  ];
  catalog.hidden = options.hidden ?? (() => false);
  const questions: { name: string; user?: string }[] = [];
  const ask = (async (name, _input, credentials) => {
    const { userEntityRef: user } = credentials.principal as {
      userEntityRef?: string;
    };
    questions.push({ name, user });
    if (user === undefined) {
      throw new NotFoundError('There is no such entity');
    }
    return {
      root: 'component:default/payment-api',
      count: 2,
      by: {
        type: { 'component/service': 1, component: 1 },
        environment: { production: 2 },
        owner: { storefront: 2 },
      },
      groups: [],
    };
  }) as Ask;
  const decide = { current: options.decide ?? allowAll };

  const plugin = createBackendPlugin({
    pluginId: 'causeway',
    register(reg) {
      reg.registerInit({
        deps: {
          registry: actionsRegistryServiceRef,
          config: coreServices.rootConfig,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init({ registry, httpRouter, ...services }) {
          services.permissionsRegistry.addPermissions(causewayPermissions);
          const gateConfig = readGateConfig(services.config);
          const faces = await createFaces({
            ...services,
            gate,
            audit,
            gateConfig,
            permissionsOff: options.permissionsOff ?? 'read-only',
            ask,
            serviceOf: async () => undefined,
            catalog,
            validateResponses: true,
          });
          options.extend?.(registry, faces, gateConfig);
          httpRouter.use(faces.router);
        },
      });
    },
  });
  const policy = createBackendModule({
    pluginId: 'permission',
    moduleId: 'test-policy',
    register(reg) {
      reg.registerInit({
        deps: { policy: policyExtensionPoint },
        async init({ policy: point }) {
          point.setPolicy({
            handle: async ({ permission }, user) =>
              decide.current(permission, user?.info.userEntityRef),
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      policy,
      permissionBackend,
      permissionsServiceFactory,
      testAuth,
      httpAuthServiceFactory,
      mockServices.rootLogger.factory({ level: 'none' }),
      mockServices.rootConfig.factory({
        data: {
          ...(options.permissionEnabled !== undefined && {
            permission: { enabled: options.permissionEnabled },
          }),
          ...(options.gateConfig && { causeway: { gate: options.gateConfig } }),
          ...options.config,
        },
      }),
      ...(options.features ?? []),
    ],
  });
  return {
    server: backend.server,
    stop: () => backend.stop(),
    gate,
    audit,
    catalog,
    questions,
    /** Changes the policy. */
    decideBy: (next: Decide) => {
      decide.current = next;
    },
  };
}
