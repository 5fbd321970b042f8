/** Whatever is in a file, the check ends with findings or a clear error. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { validateTree } from './testUtils';

const runs = Number(process.env.FUZZ_RUNS ?? 80);
const folder = join(__dirname, '..', 'corpus');
const corpus = readdirSync(folder)
  .filter(name => name.endsWith('.cases'))
  .flatMap(name =>
    readFileSync(join(folder, name), 'utf8')
      .split(/^(?:== |@@ ).*\n/m)
      .slice(1),
  );

async function survives(content: string | Uint8Array): Promise<void> {
  const begun = performance.now();
  const { code, stderr, output, findings } = await validateTree(
    { 'catalog-info.yaml': content },
    ['--preset', 'strict', '--complete'],
  );
  expect({ stderr, code: [0, 1].includes(code) }).toEqual({
    stderr: '',
    code: true,
  });
  expect(output.version).toBe(1);
  const text = Buffer.from(content).toString('utf8');
  const lines = text.split('\n').length;
  for (const { place, message, rule } of findings) {
    expect(message).not.toMatch(/\n\s+at |undefined|\[object|NaN/);
    // Every place is one that the file has.
    expect({
      rule,
      inside: place.line >= 1 && place.line <= lines && place.column >= 1,
    }).toEqual({ rule, inside: true });
  }
  expect(performance.now() - begun).toBeLessThan(10_000);
}

const junk = fc.constantFrom(
  ...[
    '\t',
    '- ',
    ': ',
    '? ',
    '&a ',
    '*a',
    '<<: *a',
    '!!map ',
    '|',
    '>',
    '"',
    "'",
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '\r\n',
    '\ufeff',
    '\u0000',
  ],
  ...[
    '#',
    '${{ ',
    ' }}',
    '{% ',
    ' %}',
    '\ud800',
    '\u2028',
    '~',
    'null',
    '1e999',
  ],
  ...[
    '__proto__: ',
    'constructor: ',
    '"\\u0000"',
    '\n\n',
    '  ',
    'é',
    '$text: ',
    '@',
    '`',
  ],
  ...['# causeway-disable tag-format -- x\n', '# causeway-disable-next-line\n'],
);

describe('fuzzing', () => {
  it('survives arbitrary bytes', async () => {
    await expect(
      fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), survives), {
        numRuns: runs,
      }),
    ).resolves.toBeUndefined();
  });

  it('survives catalog files that were cut, joined and sprinkled with junk', async () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...corpus),
        fc.array(
          fc.tuple(
            fc.nat(),
            fc.nat({ max: 30 }),
            fc.oneof(junk, fc.string({ maxLength: 6 }), fc.constant('')),
          ),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        fc.constantFrom('', ...corpus),
      )
      .map(([text, edits, tail]) => {
        let result = text;
        for (const [at, remove, insert] of edits) {
          const place = at % (result.length + 1);
          result =
            result.slice(0, place) + insert + result.slice(place + remove);
        }
        return `${result}${tail && `\n---\n${tail}`}`;
      });
    await expect(
      fc.assert(fc.asyncProperty(mutated, survives), { numRuns: runs * 3 }),
    ).resolves.toBeUndefined();
  }, 300_000);

  it('survives any value in any place', async () => {
    const entity = fc
      .tuple(
        fc.constantFrom(
          'Component',
          'Group',
          'Location',
          'Template',
          'API',
          'AiResource',
        ),
        fc.object({
          maxDepth: 4,
          withNullPrototype: false,
          key: fc.constantFrom(
            'type',
            'steps',
            'parameters',
            'targets',
            'target',
            'owner',
            'input',
            'action',
            'id',
            'properties',
            '__proto__',
            'toString',
            '$text',
            'ui:field',
            'required',
          ),
        }),
        fc.object({
          maxDepth: 3,
          key: fc.constantFrom(
            'name',
            'namespace',
            'tags',
            'labels',
            'annotations',
            'links',
            'url',
            'backstage.io/techdocs-ref',
          ),
        }),
      )
      .map(([kind, spec, metadata]) =>
        JSON.stringify({
          apiVersion:
            kind === 'Template'
              ? 'scaffolder.backstage.io/v1beta3'
              : 'backstage.io/v1alpha1',
          kind,
          metadata: { name: 'a', ...metadata },
          spec,
        }),
      );
    await expect(
      fc.assert(fc.asyncProperty(entity, survives), { numRuns: runs }),
    ).resolves.toBeUndefined();
  }, 300_000);
});
