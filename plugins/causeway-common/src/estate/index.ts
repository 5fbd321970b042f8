export * from './annotations';
export * from './entity';
export * from './feed';
export * from './health';
export * from './origin';
export * from './relations';
export * from './status';
