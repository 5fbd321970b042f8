/**
 * The catalog's side of Causeway's estate.
 *
 * @packageDocumentation
 */
export { catalogModuleCauseway as default } from './module';
