import { Rule } from './rule';

/** Findings of this rule are made where suppressions are read (`suppression/applySuppressions.ts`). */
export const suppressionInvalid: Rule = {
  id: 'suppression-invalid',
  category: 'suppressions',
  description:
    'A suppression gives no reason, or names a rule that is not there.',
  severity: 'error',
};
