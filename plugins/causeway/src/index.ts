/**
 * The pages and cards of Causeway.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './api';
export { useApprovalsCount } from './approvals/useApprovalsCount';
export { useMayReadAudit } from './audit/useMayReadAudit';
export { causewayTranslationRef } from './translation';
