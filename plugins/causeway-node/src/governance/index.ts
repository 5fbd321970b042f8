export * from './errors';
export * from './Operation';
export * from './operationsExtensionPoint';
