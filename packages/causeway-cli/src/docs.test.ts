import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { configSchema } from './config/schema';
import { SchemaValidator } from './model/SchemaValidator';
import { rules } from './rules';
import { FileTree, JsonFinding, runCli, validateTree } from './testUtils';

const folder = join(__dirname, '../../../docs/validation/rules');

function readPage(id: string): string {
  return readFileSync(join(folder, `${id}.md`), 'utf8');
}

function section(page: string, title: string): string {
  return page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
}

function filesOf(text: string): FileTree {
  const blocks = text.matchAll(
    /(?:^`([^`\n]+)`:\n\n)?```yaml\n([\s\S]*?)```/gm,
  );
  return Object.fromEntries(
    [...blocks].map(([, path, content]) => [
      path ?? 'catalog-info.yaml',
      content,
    ]),
  );
}

function argsOf(text: string): string[] {
  return /^With `([^`]+)`:$/m.exec(text)?.[1].split(' ') ?? [];
}

/** Bad examples that need more than the text of a page. */
const special: Record<string, () => Promise<{ findings: JsonFinding[] }>> = {
  'file-encoding': () => {
    const [text] = Object.values(
      filesOf(section(readPage('file-encoding'), 'Bad')),
    );
    return validateTree({
      'catalog-info.yaml': Buffer.from(String(text), 'latin1'),
    });
  },
  'file-unreadable': () => validateTree({}, ['no-such-file.yaml']),
  'file-too-large': () =>
    validateTree({
      ...filesOf(section(readPage('file-too-large'), 'Bad')),
      'causeway.yaml': 'catalog: {validate: {limits: {fileBytes: 100}}}\n',
    }),
};

describe('pages of the rules', () => {
  it('are there for every rule and for nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual(
      ['index', ...rules.map(({ id }) => id)].map(id => `${id}.md`).sort(),
    );
  });

  it('are listed, in the list of rules and in the navigation', () => {
    const navigation = readFileSync(
      join(folder, '../../../mkdocs.yml'),
      'utf8',
    );
    const list = readPage('index').replace(/ +/g, ' ');
    for (const { id, severity, strict, description } of rules) {
      expect(list).toContain(
        `| [${id}](${id}.md) | ${severity} | ${strict ?? severity} | ${description} |`,
      );
      expect(navigation).toContain(`validation/rules/${id}.md`);
    }
  });

  it.each(rules)('$id says what the rule is', rule => {
    const page = readPage(rule.id);
    expect(page.startsWith(`# ${rule.id}\n\n${rule.description}\n`)).toBe(true);
    const strict =
      rule.strict && rule.strict !== rule.severity
        ? `, \`${rule.strict}\` in the strict preset`
        : '';
    expect(page).toContain(
      `Category: ${rule.category}. Setting: \`${rule.severity}\`${strict}.`,
    );
    expect(page.includes('It can never fail the check.')).toBe(
      rule.neverFails === true,
    );
    expect(section(page, 'What to do').trim()).not.toBe('');
  });

  it.each(rules)('$id shows something bad that it reports', async ({ id }) => {
    const text = section(readPage(id), 'Bad');
    const { findings } = await (special[id]?.() ??
      validateTree(filesOf(text), argsOf(text)));
    expect(findings.map(({ rule }) => rule)).toContain(id);
  });

  it.each(rules)('$id shows something good that passes', async ({ id }) => {
    const page = readPage(id);
    const { findings, code } = await validateTree(
      filesOf(section(page, 'Good')),
      argsOf(section(page, 'Bad')),
    );
    const found = findings.filter(
      ({ rule }) => rule !== 'reference-unjudged' || rule === id,
    );
    expect(found.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
    expect(code).toBe(0);
  });
});

describe('the page on configuration', () => {
  const page = readFileSync(join(folder, '../configuration.md'), 'utf8');

  it('names every key, and examples that hold', async () => {
    const known = Object.keys(
      configSchema.properties.catalog.properties.validate.properties,
    );
    const named = [...page.matchAll(/^\| `(\w+)`/gm)].map(match => match[1]);
    expect(named.sort()).toEqual(known.sort());
    const validator = new SchemaValidator();
    const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)];
    expect(examples).toHaveLength(3);
    for (const [, text] of examples) {
      expect(validator.checkSchema(configSchema, parse(text))).toEqual([]);
    }
  });

  it('names the options of the command as they are', async () => {
    const guide = readFileSync(join(folder, '../index.md'), 'utf8');
    const named = [
      ...`${guide}${page}`.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g),
    ];
    const help = ['validate', 'snapshot', 'schema'].map(command =>
      runCli(['catalog', command, '--help'], { cwd: __dirname }),
    );
    const known = (await Promise.all(help)).map(({ stdout }) => stdout).join();
    for (const [, name] of named) {
      expect(known).toContain(`--${name}`);
    }
  });
});
