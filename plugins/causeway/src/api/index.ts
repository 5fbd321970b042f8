export * from './EstateApi';
export * from './EstateClient';
export * from './GateApi';
export * from './GateClient';
