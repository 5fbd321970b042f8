export * from './kubernetes';
export * from './server';
