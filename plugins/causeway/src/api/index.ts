export * from './EstateApi';
export * from './EstateClient';
