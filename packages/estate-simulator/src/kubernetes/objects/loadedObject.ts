import { fieldSetOf } from '../fields/fieldSet';
import { intern, trackedPart } from '../fields/managedFields';
import { KubernetesObject, ManagedFieldsEntry, ResourceType } from '../model';
import { apiVersionOf, isCustomGroup } from './builtInTypes';
import { allocateServiceAddress, applyDefaults } from './defaults';
import { deepFreeze } from './json';
import { inFieldOrder } from './objectShape';
import { stampedMetadata } from './stamp';

/**
 * An object as it stands after one manager applied it and the controllers
 * wrote its status: what a cluster holds of something that has been there for
 * a while. Takes the object over.
 */
export function loadedObject(
  object: KubernetesObject,
  options: {
    cluster: string;
    type: ResourceType;
    manager: string;
    time: string;
    version: number;
  },
): KubernetesObject {
  const { type, manager, version } = options;
  const context = { kind: type.kind, custom: isCustomGroup(type.group) };
  const { status, ...applied } = object;
  const { creationTimestamp = options.time } = object.metadata;
  const entry = (
    fields: unknown,
    about: Pick<ManagedFieldsEntry, 'manager' | 'operation' | 'subresource'>,
  ): ManagedFieldsEntry => ({
    manager: about.manager,
    operation: about.operation,
    apiVersion: apiVersionOf(type),
    time: creationTimestamp,
    fieldsType: 'FieldsV1',
    fieldsV1: intern(
      fieldSetOf(trackedPart(fields), context, { parents: false }) ?? {},
    ),
    ...(about.subresource && { subresource: about.subresource }),
  });
  const managedFields = [entry(applied, { manager, operation: 'Apply' })];
  if (status !== undefined) {
    managedFields.push(
      entry(
        { status },
        {
          manager: 'kube-controller-manager',
          operation: 'Update',
          subresource: 'status',
        },
      ),
    );
  }
  applyDefaults(type, object);
  if (type.kind === 'Service' && type.group === '') {
    allocateServiceAddress(object, undefined, version);
  }
  object.metadata = stampedMetadata({
    ...options,
    next: object,
    live: undefined,
  });
  object.metadata.managedFields = managedFields;
  return deepFreeze(inFieldOrder(object));
}
