import { displayRef } from '../references/entityRef';
import { missingTargets } from './missingTargets';
import { Rule } from './rule';

export const referenceUnjudged: Rule = {
  id: 'reference-unjudged',
  category: 'references',
  description:
    'A reference leads out of what was read, so nobody can tell whether its target exists.',
  severity: 'note',
  neverFails: true,
  checkSet(context, report) {
    if (context.set.whole) {
      return;
    }
    for (const { from, reference } of missingTargets(context)) {
      report({
        document: from.document,
        message: `${displayRef(reference.target)} is not among the files that were read`,
        help: 'Say --complete when these files are the whole catalog, or give a snapshot of the catalog.',
        at: { path: reference.path, part: 'value' },
      });
    }
  },
};
