import { likelySpelling } from '../model/spelling';
import { parseExpressions } from '../templates/expressions';
import { Rule } from './rule';
import { templateTexts } from './templateTexts';

/** Filters of the scaffolder and of its template engine. */
const builtinFilters: readonly string[] = [
  ...['parseRepoUrl', 'parseEntityRef', 'pick', 'projectSlug'],
  ...['abs', 'batch', 'capitalize', 'center', 'd', 'default', 'dictsort'],
  ...['dump', 'e', 'escape', 'first', 'float', 'forceescape', 'groupby'],
  ...['indent', 'int', 'join', 'last', 'length', 'list', 'lower', 'nl2br'],
  ...['random', 'reject', 'rejectattr', 'replace', 'reverse', 'round', 'safe'],
  ...['select', 'selectattr', 'slice', 'sort', 'string', 'striptags', 'sum'],
  ...['title', 'trim', 'truncate', 'upper', 'urlencode', 'urlize', 'wordcount'],
];

export const templateExpression: Rule = {
  id: 'template-expression',
  category: 'templates',
  description:
    'An expression of a template cannot be parsed or uses a filter that is not there.',
  severity: 'error',
  checkDocument(context, report) {
    const known = [...builtinFilters, ...context.templateFilters];
    for (const { path, text } of templateTexts(context)) {
      const at = { path, part: 'value' as const };
      const parsed = parseExpressions(text);
      if (parsed.problem) {
        report({
          message: `The expression cannot be parsed: ${parsed.problem}`,
          help: 'Expressions are nunjucks between ${{ and }}.',
          at,
        });
      }
      for (const filter of parsed.filters) {
        if (!known.includes(filter)) {
          const likely = likelySpelling(filter, known);
          report({
            message: `The scaffolder has no filter "${filter}"${
              likely ? `; "${likely}" is meant, perhaps` : ''
            }`,
            help: 'A filter of your own is named under catalog.validate.templates.filters in causeway.yaml.',
            at,
          });
        }
      }
    }
  },
};
