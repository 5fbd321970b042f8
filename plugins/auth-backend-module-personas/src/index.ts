/**
 * Demo sign-in as people of the simulated estate.
 *
 * @packageDocumentation
 */
export { authModulePersonas as default } from './module';
