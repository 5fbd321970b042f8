/**
 * Types, schemas, permissions and pure logic that both sides of Causeway need.
 *
 * @packageDocumentation
 */
export { countOf } from './countOf';
export * from './estate';
export * from './governance';
export * from './permissions';
