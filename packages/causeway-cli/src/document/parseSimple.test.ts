import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { parseSimple } from './parseSimple';

/** What the full parser gives for documents that are mappings. */
function full(text: string) {
  const documents = parseAllDocuments(text, { merge: false });
  if (!Array.isArray(documents)) {
    return { errors: 0, values: [] };
  }
  return {
    errors: documents.flatMap(one => one.errors).length,
    values: documents.map(one => one.toJS()).filter(value => value !== null),
  };
}

const scalars = fc.oneof(
  fc.constantFrom(
    ...['plain', 'two words', '"quoted"', "'single'", '12', '0', '007', '1.5'],
    ...['1e3', '0x1f', '0o17', '.5', './here', '../up', '.inf', '.nan', '+1'],
    ...['true', 'True', 'null', '~', 'no', 'yes', 'a: b', 'a:b', 'x # y'],
    ...['http://example.com/a#b', 'group:default/x', '[a, b]', '[]', '{}'],
    ...['[a:b, c]', '[1, 2]', '{a: b}', '*a', '&a b', '!t x', '|', '|-', '>'],
    ...['-', '- a', '-1', '? x', '@x', '`x', '%x', 'a"b', "it's", '"a\\n"'],
    ...[
      'a,b',
      '[a',
      'b]',
      '{',
      '}',
      '#',
      'ends:',
      'é ü',
      '2020-01-01',
      '=',
      '',
    ],
    ...['${{ values.name }}', '(a)', '<b>', '1_000', '0b1', '---', '...', '"'],
  ),
  fc.string({ maxLength: 8 }),
);
const line = fc
  .tuple(
    fc.nat({ max: 6 }),
    fc.constantFrom('', '- ', '-  ', '- - '),
    fc.constantFrom(
      '',
      'a:',
      'b: ',
      'c:  ',
      'a-b/c: ',
      'true: ',
      '1: ',
      '# ',
      '"q": ',
    ),
    scalars,
    fc.constantFrom('', '', '', ' ', '  # note'),
  )
  .map(
    ([indent, dash, name, value, tail]) =>
      `${' '.repeat(indent)}${dash}${name}${value}${tail}`,
  );
const separator = fc.constantFrom('---', '', '--- a', '# comment', '   ');
const loose = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: line },
      { weight: 1, arbitrary: separator },
    ),
    {
      maxLength: 9,
    },
  )
  .map(lines => `${lines.join('\n')}\n`);

const name = fc.constantFrom('a', 'b', 'c', 'd', 'owner', 'x.y/z');
const tree: fc.Arbitrary<string[]> = fc.letrec<{ block: string[] }>(tie => ({
  block: fc
    .array(
      fc.oneof(
        fc.tuple(name, scalars).map(([key, value]) => [`${key}: ${value}`]),
        fc
          .tuple(name, fc.constantFrom(0, 1, 2, 4), tie('block'))
          .map(([key, indent, inner]) => [
            `${key}:`,
            ...inner.map(one => ' '.repeat(indent) + one),
          ]),
        fc
          .tuple(
            name,
            fc.constantFrom(0, 2),
            fc.array(scalars, { maxLength: 3 }),
          )
          .map(([key, indent, items]) => [
            `${key}:`,
            ...items.map(item => `${' '.repeat(indent)}- ${item}`),
          ]),
        fc
          .tuple(
            name,
            fc.constantFrom('|', '|-'),
            fc.array(scalars, { minLength: 1, maxLength: 3 }),
          )
          .map(([key, header, items]) => [
            `${key}: ${header}`,
            ...items.map(item => `  ${item}`),
          ]),
        fc
          .tuple(name, tie('block'))
          .map(([key, inner]) => [
            `${key}:`,
            ...inner.map((one, at) => `${at === 0 ? '- ' : '  '}${one}`),
          ]),
      ),
      { minLength: 1, maxLength: 4, depthIdentifier: 'block' },
    )
    .map(parts => parts.flat()),
})).block;
const wellFormed = fc
  .array(tree, { minLength: 1, maxLength: 2 })
  .map(
    documents => `${documents.map(one => one.join('\n')).join('\n---\n')}\n`,
  );

describe('parseSimple', () => {
  it('gives what the full parser gives, or nothing', () => {
    let given = 0;
    fc.assert(
      fc.property(fc.oneof(loose, wellFormed), text => {
        const simple = parseSimple(text);
        given += simple ? 1 : 0;
        const found = simple && {
          errors: 0,
          values: simple.map(({ value }) => value),
        };
        expect({ text, ...found }).toEqual({ text, ...(simple && full(text)) });
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 4000) },
    );
    // The property says nothing unless the parser takes its share.
    expect(given).toBeGreaterThan(100);
  });

  it('takes an ordinary catalog file', () => {
    const text = `# A service
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  description: "Sells things"
  tags: [java, data]
  links:
    - url: https://example.com/?a=b#c
      title: Shop
    - url: https://example.com
  annotations:
    backstage.io/techdocs-ref: dir:.
spec:
  type: service
  replicas: 3
  providesApis:
  - shop-api
  definition: |
    openapi: 3.0.0

    info: # kept
      title: x
  system:

---
kind: Group
`;
    const simple = parseSimple(text);
    expect(simple?.map(({ value }) => value)).toEqual(full(text).values);
    expect(
      simple?.map(
        ({ offset, endOffset }) => text.slice(offset, endOffset).split('\n')[0],
      ),
    ).toEqual(['apiVersion: backstage.io/v1alpha1', 'kind: Group']);
  });
});
