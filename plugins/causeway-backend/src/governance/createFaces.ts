import type {
  BackstageCredentials,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { gateRequestPermissions } from '@causeway/backstage-plugin-causeway-common';
import type { Router } from 'express';
import type { Ask } from '../estate/questions/createQuestions';
import type { AuditTrail } from './audit/AuditTrail';
import { AuthorizedGate } from './AuthorizedGate';
import type { GateConfig } from './config/GateConfig';
import { createGovernanceRouter } from './createGovernanceRouter';
import type { Gate } from './Gate';
import { batchPermissions } from './permissions/batchPermissions';
import { causewayRequestResourceRef } from './permissions/requestResource';
import { RequestPermissions } from './permissions/RequestPermissions';
import { causewayRequestRules } from './permissions/requestRules';
import type { PermissionsOff } from './permissions/requireWriter';
import type { Call } from './principals/Call';
import { identifyCaller } from './principals/identifyCaller';

/** What the faces of the gate are made of. */
export interface FacesOptions {
  gate: Gate;
  audit: AuditTrail;
  config: RootConfigService;
  gateConfig: GateConfig;
  /** What may be written where permissions are switched off: `allowed` on the simulated estate only (THREATS C5). */
  permissionsOff: PermissionsOff;
  /** Questions about the estate, under a caller's credentials. */
  ask: Ask;
  /** The service that a target is part of. */
  serviceOf(entityRef: string): Promise<string | undefined>;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  /** Holds answers against the OpenAPI document too; for tests. */
  validateResponses?: boolean;
}

/** The gate behind permissions, and the doors that lead to it. */
export interface Faces {
  gate: AuthorizedGate;
  /** Who calls through a registry action. */
  callOf(credentials: BackstageCredentials): Call;
  /** To be mounted before the estate's. */
  router: Router;
}

/** Puts permissions before the gate, and REST before both. */
export async function createFaces(options: FacesOptions): Promise<Faces> {
  const { gate: inner, config, gateConfig, permissionsRegistry } = options;
  const permissions = batchPermissions(options.permissions);
  const { subjects } = gateConfig;
  permissionsRegistry.addResourceType({
    resourceRef: causewayRequestResourceRef,
    permissions: gateRequestPermissions,
    rules: Object.values(causewayRequestRules),
    getResources: ids => inner.attributes(ids),
  });
  const gate = new AuthorizedGate({
    gate: inner,
    audit: options.audit,
    permissions: new RequestPermissions(
      permissions,
      permissionsRegistry.getPermissionRuleset(causewayRequestResourceRef),
    ),
    sight: { ...options, permissions },
    agents: gateConfig.agents,
    permissionsOff:
      config.getOptionalBoolean('permission.enabled') === true
        ? undefined
        : options.permissionsOff,
  });
  return {
    gate,
    callOf: credentials => ({
      caller: identifyCaller(credentials, { face: 'action', subjects }),
      credentials,
    }),
    router: await createGovernanceRouter({ ...options, gate, subjects }),
  };
}
