import type { StalenessReason } from '@causeway/backstage-plugin-causeway-common';
import { useTexts } from './useTexts';

/** Why a partition is not fresh in a few words, and what one can do. */
export function useReasonTexts() {
  const { t } = useTexts();
  return {
    reasonName: (reason: StalenessReason) => t(`reason.${reason}`),
    whatToDo: (reason: StalenessReason) => t(`todo.${reason}`),
  };
}
