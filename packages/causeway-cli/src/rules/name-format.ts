import { isMapping } from '../document/CatalogDocument';
import { isName, nameExpectation } from '../model/formats';
import { Rule } from './rule';

export const nameFormat: Rule = {
  id: 'name-format',
  category: 'structure',
  description: 'A name is not one that the catalog accepts.',
  severity: 'error',
  checkDocument({ entity }, report) {
    const name = isMapping(entity.metadata) ? entity.metadata.name : undefined;
    if (typeof name !== 'string' || name === '' || isName(name)) {
      return;
    }
    report({
      message:
        name.length > 63
          ? `The name has ${name.length} characters; the catalog accepts 63`
          : `The catalog refuses the name ${JSON.stringify(name)}`,
      help: `A name is ${nameExpectation}. What people read goes into metadata.title.`,
      at: { path: ['metadata', 'name'], part: 'value' },
    });
  },
};
