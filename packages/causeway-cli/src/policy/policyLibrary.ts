/** Policy's reading and evaluation, loaded when it is first needed: it takes 200 ms. */
export function policyLibrary(): typeof import('@causeway/backstage-plugin-causeway-common/policy') {
  return require('@causeway/backstage-plugin-causeway-common/policy');
}
