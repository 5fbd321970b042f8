/**
 * The audit trail from outside: how its entries are hashed and exported, and
 * whether a chain, an export or a database is whole
 * and fits the signed checkpoints that were kept elsewhere. Needs Node.js.
 *
 * @packageDocumentation
 */
export {
  type Checkpoint,
  checkpointFormat,
  checkpointHash,
  checkpointLine,
  maxCheckpointBytes,
  readCheckpointLine,
  type SignedCheckpoint,
} from './anchors/Checkpoint';
export { anchorFinding, timeOf } from './anchors/findings';
export { judgeByAnchors } from './anchors/judgeByAnchors';
export * from './anchors/keys';
export { type Anchors, readAnchors, toSummary } from './anchors/readAnchors';
export * from './auditTables';
export * from './ChainVerifier';
export * from './exportFormat';
export * from './hashes';
export * from './readLines';
export * from './StoredEntry';
export { type ChainResult, verifyChain } from './verifyChain';
export * from './verifyDatabase';
export * from './verifyExport';
export { erasure } from './TextVerifier';
