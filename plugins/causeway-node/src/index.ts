/**
 * Extension points of the Causeway backend.
 *
 * @packageDocumentation
 */
export * from './EstateSource';
export * from './estateSourcesExtensionPoint';
export * from './governance';
export * from './SourceError';
