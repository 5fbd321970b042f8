/**
 * The audit trail from outside: how its entries are hashed and exported, and
 * whether a chain, an export or a database is whole. Needs Node.js.
 *
 * @packageDocumentation
 */
export * from './auditTables';
export * from './ChainVerifier';
export * from './exportFormat';
export * from './hashes';
export * from './StoredEntry';
export { type ChainResult, verifyChain } from './verifyChain';
export * from './verifyDatabase';
export * from './verifyExport';
export { erasure } from './TextVerifier';
