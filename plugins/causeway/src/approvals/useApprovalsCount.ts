import { useGateStatus } from '../lib/useGateStatus';

const pollMs = 30_000;

/**
 * How many requests want whoever is signed in, kept current, for a navigation
 * entry; 0 where the gate cannot be asked.
 *
 * @public
 */
export function useApprovalsCount(): number {
  return useGateStatus(pollMs).value?.mine ?? 0;
}
