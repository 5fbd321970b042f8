import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StalenessReason } from '@causeway/backstage-plugin-causeway-common';
import { causewayTranslationRef } from '../translation';

/** Why a partition is not fresh in a few words, and what one can do. */
export function useReasonTexts() {
  const { t } = useTranslationRef(causewayTranslationRef);
  // One key stands for all: the compiler gives up on a union of so many.
  return {
    reasonName: (reason: StalenessReason) =>
      t(`reason.${reason}` as 'reason.timeout'),
    whatToDo: (reason: StalenessReason) =>
      t(`todo.${reason}` as 'todo.timeout'),
  };
}
