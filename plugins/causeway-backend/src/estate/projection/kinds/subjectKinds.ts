import { agent } from './agent';
import { argocdApplicationSet } from './argocdApplicationSet';
import { gatewayClass } from './gatewayClass';
import { kargoProject } from './kargoProject';
import { kargoStage } from './kargoStage';
import { kargoWarehouse } from './kargoWarehouse';
import { configuredObject } from './configuredObject';
import { crossplaneDefinition } from './crossplaneDefinition';
import { crossplaneResource } from './crossplaneResource';
import { externalSecret } from './externalSecret';
import { sealedSecret } from './sealedSecret';
import { secretStore } from './secretStore';
import type { AnySubjectKind } from './SubjectKind';
import { toolServer } from './toolServer';

/** Every kind that a `SubjectKind` describes; names are given in this order. */
export const subjectKinds: AnySubjectKind[] = [
  argocdApplicationSet,
  gatewayClass,
  kargoProject,
  kargoWarehouse,
  kargoStage,
  crossplaneDefinition,
  crossplaneResource,
  secretStore,
  externalSecret,
  sealedSecret,
  agent,
  toolServer,
  configuredObject,
];
