import {
  isKindName,
  isName,
  isNamespace,
  nameExpectation,
} from '../model/formats';
import { Rule } from './rule';

export const referenceSyntax: Rule = {
  id: 'reference-syntax',
  category: 'references',
  description:
    'A reference has a form that the catalog cannot read, or that no entity can have.',
  severity: 'error',
  checkDocument({ references }, report) {
    for (const { parsed, path, text } of references) {
      const at = { path, part: 'value' as const };
      if (!parsed.ref) {
        report({ message: parsed.problem, help: parsed.help, at });
        continue;
      }
      const { kind, namespace, name } = parsed.ref;
      // A namespace that is inherited is the concern of where it is written.
      const badNamespace =
        text.includes('/') && !isNamespace(namespace.toLowerCase());
      if (!isKindName(kind) || badNamespace || !isName(name)) {
        report({
          message: `No entity can have the reference ${JSON.stringify(text)}`,
          help: `A reference is [<kind>:][<namespace>/]<name>, and a name is ${nameExpectation}.`,
          at,
        });
      }
    }
  },
};
