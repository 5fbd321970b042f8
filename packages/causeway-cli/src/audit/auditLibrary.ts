/** Verification of the trail, loaded when it is first needed: no check of a catalog waits for it. */
export function auditLibrary(): typeof import('@causeway/backstage-plugin-causeway-common/audit') {
  return require('@causeway/backstage-plugin-causeway-common/audit');
}
