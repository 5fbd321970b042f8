import { Rule } from './rule';

export const referenceShortForm: Rule = {
  id: 'reference-short-form',
  category: 'references',
  description:
    'A reference spells out a kind or a namespace that would be taken anyway.',
  severity: 'off',
  strict: 'note',
  checkDocument({ ref, references }, report) {
    for (const { parsed, field, path, text } of references) {
      if (!parsed.ref || !ref) {
        continue;
      }
      const { kind, namespace, name } = parsed.ref;
      const base =
        field.defaultNamespace === 'default' ? 'default' : ref.namespace;
      const sameKind = field.defaultKind?.toLowerCase() === kind.toLowerCase();
      const sameNamespace = base.toLowerCase() === namespace.toLowerCase();
      const short = `${sameKind ? '' : `${kind}:`}${
        sameNamespace ? '' : `${namespace}/`
      }${name}`;
      if (short === text || short.length >= text.length) {
        continue;
      }
      report({
        message: `"${text}" can be written as "${short}"`,
        at: { path, part: 'value' },
        fix: { replaceWith: short },
      });
    }
  },
};
