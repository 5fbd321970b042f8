/** What `--fix` writes: only what it means to change, in the style that stands there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { runCli, withFiles } from './testUtils';

async function fixed(
  text: string,
  options: { name?: string; preset?: string } = {},
) {
  const name = options.name ?? 'catalog-info.yaml';
  return withFiles({ [name]: text }, async cwd => {
    const { stderr, code } = await runCli(
      [
        ...['catalog', 'validate', '--fix', '-f', 'json'],
        ...['--preset', options.preset ?? 'recommended', name],
      ],
      { cwd },
    );
    return { after: readFileSync(join(cwd, name), 'utf8'), stderr, code };
  });
}

const component = (spec: string, metadata = '') =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a${metadata}}\nspec:\n  type: service\n  lifecycle: production\n${spec}`;

/** What fixes of tags may not change: all the rest, and of tags more than letter case and separators. */
function gist(text: string) {
  const [document] = parseAllDocuments(text);
  if (document.errors.length > 0) {
    return { errors: document.errors.length };
  }
  const { metadata, ...rest } = document.toJS();
  const { tags, ...more } = metadata;
  return {
    rest,
    more,
    tags: tags.map((one: unknown) =>
      typeof one === 'string'
        ? one.toLowerCase().replace(/[\s_./]+/g, '-')
        : one,
    ),
  };
}

describe('fixes', () => {
  it('leave JSON JSON', async () => {
    const { after, stderr } = await fixed(
      '{"apiVersion":"backstage.io/v1alpha1","kind":"Componet","metadata":{"name":"a","tags":["Java"]},"spec":{"type":"service","lifecyle":"production","owner":"team"}}\n',
      { name: 'catalog-info.json' },
    );
    expect(JSON.parse(after)).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'a', tags: ['java'] },
      spec: { type: 'service', lifecycle: 'production', owner: 'team' },
    });
    expect(stderr).toContain('3 findings fixed');
  });

  it('keep the quotes of flow YAML', async () => {
    const { after } = await fixed(
      `{apiVersion: 'backstage.io/v1alpha1', 'kind': 'Componet', "metadata": {"name": "a", tags: ['Java', "Spring Boot", Go]}, "spec": {"type":"service","lifecyle":"production",'owner':'team'}}\n`,
    );
    expect(after).toBe(
      `{apiVersion: 'backstage.io/v1alpha1', 'kind': 'Component', "metadata": {"name": "a", tags: ['java', "spring-boot", go]}, "spec": {"type":"service","lifecycle":"production",'owner':'team'}}\n`,
    );
  });

  it('leave text text where it would become something else', async () => {
    const { after } = await fixed(
      component(
        '  owner: team\n',
        ', tags: ["Null", \'1E3\', "0X10", "TRUE", A.b, 7.A]',
      ),
    );
    expect(parse(after).metadata.tags).toEqual([
      ...['null', '1e3', '0x10', 'true', 'a-b', '7-a'],
    ]);
    expect(after).toContain(`["null", '1e3', "0x10", "true", a-b, "7-a"]`);
  });

  it.each([
    ['a folded text', '  owner: >-\n    group:default/a\n  system: s\n'],
    ['a literal text', '  owner: |-\n    group:default/a\n  system: s\n'],
    [
      'text over two lines',
      '  owner: "group:\\\n    default/a"\n  system: s\n',
    ],
  ])('leave %s alone', async (_, spec) => {
    const before = component(spec);
    expect((await fixed(before, { preset: 'strict' })).after).toBe(before);
  });

  it('are left out, and said so, where more would change than is meant', async () => {
    // The alias repeats the value, so a change of one is a change of two.
    const before = component(
      '  owner: team\n',
      ', tags: [&t Java], labels: {x: *t}',
    );
    const { after, stderr, code } = await fixed(before);
    expect(after).toBe(before);
    expect(stderr).toContain('0 findings fixed');
    expect(stderr).toContain(
      'catalog-info.yaml: 1 fix was left out, because it would change more than it says',
    );
    expect(code).toBe(1);
  });

  it('leave a file alone that has syntax errors', async () => {
    const before = `${component('  owner: team\n', ', tags: [Java]')}---\nbroken: [\n`;
    const { after, stderr } = await fixed(before);
    expect(after).toBe(before);
    expect(stderr).toContain('left out, because the file does not parse');
  });

  it('change nothing but what they say, whatever the style', async () => {
    const style = fc.constantFrom(
      (text: string) => JSON.stringify(text),
      (text: string) => `'${text}'`,
      (text: string) => text,
      (text: string) => `!!str ${text}`,
      (text: string) => `&x "${text}"`,
    );
    const word = fc.constantFrom(
      ...[
        'Java',
        'Null',
        '1E3',
        'A b',
        'A.B',
        'tRUE',
        '0O7',
        'X:y',
        '-A',
        'Y#',
      ],
    );
    const written = fc.tuple(word, style).map(([text, write]) => write(text));
    const end = fc.constantFrom('\n', '\r\n');
    await fc.assert(
      fc.asyncProperty(
        fc.array(written, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        end,
        async (tags, flow, eol) => {
          const list = flow
            ? ` [${tags.join(', ')}]`
            : tags.map(tag => `\n    - ${tag} # why`).join('');
          const before = component('  owner: team\n')
            .replace('{name: a}', `\n  name: a\n  tags:${list}`)
            .replace(/\n/g, eol);
          const { after } = await fixed(before);
          expect({ before, ...gist(after) }).toEqual({
            before,
            ...gist(before),
          });
        },
      ),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 60) },
    );
  });
});
