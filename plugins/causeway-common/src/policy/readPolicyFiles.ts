import { parseExpression } from './cel/parseExpression';
import { policyDocument, type PolicyDocument } from './PolicyDocument';
import { checkAutonomy } from './read/checkAutonomy';
import { checkOperations } from './read/checkOperations';
import { checkRules, type ReadDocument } from './read/checkRules';
import { describeIssue } from './read/describeIssue';
import { expressionsOf } from './read/expressionsOf';
import { findDoubles, mergeDocuments } from './read/mergeDocuments';
import type { PolicyProblem } from './read/PolicyProblem';
import { readLimits, readYaml, type PolicyFile } from './read/readYaml';

const isError = (problem: PolicyProblem) => problem.severity === 'error';

/**
 * Reads the files of a policy and puts them together. The document is there
 * only where no problem is an error. Never throws.
 *
 * @param options - `operations`: names of those that there are, where they are
 * known; others are warned of
 *
 * @public
 */
export function readPolicyFiles(
  files: readonly PolicyFile[],
  options: { operations?: readonly string[] } = {},
): {
  document?: PolicyDocument;
  problems: PolicyProblem[];
} {
  const problems: PolicyProblem[] = [];
  const documents: (ReadDocument & { document: PolicyDocument })[] = [];
  files.slice(0, readLimits.files).forEach(file => {
    const read = readYaml(file);
    problems.push(...read.problems);
    read.sources.forEach(source => {
      const parsed = policyDocument.safeParse(source.value);
      if (parsed.success) {
        documents.push({
          source,
          spec: parsed.data.spec,
          document: parsed.data,
        });
      } else {
        problems.push(
          ...parsed.error.issues.flatMap(issue =>
            describeIssue(issue, source, policyDocument),
          ),
        );
      }
    });
  });
  if (files.length === 0 || files.length > readLimits.files) {
    problems.push({
      severity: 'error',
      file: files[0]?.file ?? '',
      line: 1,
      column: 1,
      message: `A policy has 1 to ${readLimits.files} files, not ${files.length}`,
      hint: 'Name its files.',
    });
  }
  problems.push(...documents.flatMap(checkExpressions));
  // References lead into other files: nothing can be said while one is unread.
  if (!problems.some(isError)) {
    problems.push(
      ...findDoubles(documents),
      ...checkRules(documents),
      ...checkAutonomy(documents),
      ...checkOperations(documents, options.operations),
    );
  }
  problems.sort(byPlace(files.map(({ file }) => file)));
  return problems.some(isError)
    ? { problems }
    : { document: mergeDocuments(documents), problems };
}

function checkExpressions({ source, spec }: ReadDocument): PolicyProblem[] {
  return expressionsOf(spec).flatMap(({ path, text, use }) =>
    parseExpression(text, use).problems.map(problem =>
      source.problem({ path, ...problem }),
    ),
  );
}

function byPlace(order: readonly string[]) {
  return (a: PolicyProblem, b: PolicyProblem) =>
    order.indexOf(a.file) - order.indexOf(b.file) ||
    a.line - b.line ||
    a.column - b.column;
}
