/**
 * Template steps that ask Causeway's gate.
 *
 * @packageDocumentation
 */
export { scaffolderModuleCauseway as default } from './module';
