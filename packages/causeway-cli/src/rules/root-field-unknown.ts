import { likelySpelling } from '../model/spelling';
import { rootFields } from './entity-envelope';
import { Rule } from './rule';

export const rootFieldUnknown: Rule = {
  id: 'root-field-unknown',
  category: 'structure',
  description:
    'The root of an entity holds a field other than apiVersion, kind, metadata and spec.',
  severity: 'error',
  checkDocument({ entity, kind }, report) {
    const own = kind.found?.jsonSchema.properties ?? {};
    const known = [...rootFields, ...Object.keys(own)];
    for (const field of Object.keys(entity)) {
      if (known.includes(field)) {
        continue;
      }
      const likely = likelySpelling(
        field,
        rootFields.filter(one => entity[one] === undefined),
      );
      report({
        message: `The catalog refuses the field "${field}" at the root of an entity${
          likely ? `; "${likely}" is meant, perhaps` : ''
        }`,
        help: likely
          ? undefined
          : 'Indent it below metadata or spec, or remove it.',
        at: { path: [field], part: 'key' },
        fix: likely ? { replaceWith: likely } : undefined,
      });
    }
  },
};
