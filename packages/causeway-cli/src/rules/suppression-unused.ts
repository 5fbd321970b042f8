import { Rule } from './rule';

/** Findings of this rule are made where suppressions are read (`suppression/applySuppressions.ts`). */
export const suppressionUnused: Rule = {
  id: 'suppression-unused',
  category: 'suppressions',
  description: 'A suppression suppresses nothing.',
  severity: 'warning',
};
