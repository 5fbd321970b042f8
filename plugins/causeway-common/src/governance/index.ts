export * from './agentKey';
export * from './assessment';
export * from './gate';
export * from './operation';
export * from './recommendation';
export * from './request';
