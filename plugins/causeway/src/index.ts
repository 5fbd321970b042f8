/**
 * The pages and cards of Causeway.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './api';
export { causewayTranslationRef } from './translation';
