import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject } from '@backstage/types';
import { symlinkSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { createStampAction } from './createStampAction';

const workspace = createMockDirectory();
const stamps = {
  'causeway.dev/template': 'template:default/new-service',
  'causeway.dev/template-version': 'e7a9',
  'causeway.dev/template-task': 'task-1',
  'causeway.dev/template-time': '2026-11-22T08:00:00.000Z',
};

async function stamp(
  files: Record<string, string>,
  input: JsonObject = {},
  context: object = {},
) {
  workspace.setContent(files);
  const outputs: Record<string, unknown> = {};
  await createStampAction({
    now: () => new Date('2026-11-22T08:00:00Z'),
  }).handler({
    ...createMockActionContext({ input, workspacePath: workspace.path }),
    task: { id: 'task-1' },
    templateInfo: {
      entityRef: 'template:default/new-service',
      entity: { metadata: { name: 'new-service', etag: 'e7a9' } },
    },
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
    ...context,
  } as never);
  return {
    outputs,
    text: (workspace.content() as Record<string, string>)[
      (input.file as string) ?? 'catalog-info.yaml'
    ],
  };
}

const lines = (indent: string) =>
  Object.entries(stamps)
    .map(([key, value]) => `${indent}${key}: ${value}\n`)
    .join('');

it('adds annotations and leaves everything else as it is', async () => {
  const before = [
    '# Kept by the team',
    '---',
    'apiVersion: backstage.io/v1alpha1 # the usual',
    'kind: Component',
    'metadata:',
    "    name:   'returns-api'",
    '    tags: [ a,  b ]',
    'spec:',
    '    type: service',
    '    list:',
    '    - one',
    '---',
    '---',
    'kind: API',
    'metadata:',
    '  name: returns',
    '  # Ours',
    '  annotations:',
    '    # Where it is built',
    '    ci: "a"  # b',
    '    causeway.dev/template: template:default/older # was',
    '',
    '# The end',
    '',
  ].join('\n');
  const { text, outputs } = await stamp({ 'catalog-info.yaml': before });
  expect(outputs).toEqual({ stamped: 2 });
  const without = text
    .replace(`annotations:\n${lines('      ')}    `, '')
    .replace(lines('    ').split('\n').slice(1).join('\n'), '')
    .replace(
      'template:default/new-service # was',
      'template:default/older # was',
    );
  expect(without).toBe(before);
  expect(
    parseAllDocuments(text).map(one => one.toJS()?.metadata?.annotations),
  ).toEqual([stamps, undefined, { ci: 'a', ...stamps }]);
});

it('keeps the line ends of Windows', async () => {
  const { text } = await stamp({
    'catalog-info.yaml': 'kind: A\r\nmetadata:\r\n  name: a\r\n',
  });
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(parse(text).metadata.annotations).toEqual(stamps);
});

it.each([
  'kind: A # a\nmetadata: { name: a }\n',
  'kind: A # a\nmetadata:\n  name: a\n  annotations: {}\n',
  'kind: A # a\nmetadata:\n  name: a\n  annotations:\n',
  'kind: A # a\nmetadata:\n  name: a\n  annotations: { b: c }\n',
  '{ kind: A, metadata: { name: a } } # a\n',
  'kind: A # a\nmetadata:\n  name: a\n  annotations:\n    causeway.dev/template-task: >-\n      some\n      task\n',
])('stamps %j, whatever its form', async text => {
  const stamped = await stamp({ 'catalog-info.yaml': text });
  expect(parse(stamped.text).metadata).toMatchObject({
    name: 'a',
    annotations: stamps,
  });
  expect(stamped.text).toContain('# a');
});

it('stamps twice as once', async () => {
  const first = await stamp({ 'catalog-info.yaml': 'metadata:\n  name: a\n' });
  const second = await stamp({ 'catalog-info.yaml': first.text });
  expect(second.text).toBe(first.text);
});

it('names another template without a version that is not its own', async () => {
  const { text } = await stamp(
    { 'b.yaml': 'metadata:\n  name: a\n' },
    { file: 'b.yaml', template: 'template:default/base' },
  );
  expect(parse(text).metadata.annotations).toEqual({
    'causeway.dev/template': 'template:default/base',
    'causeway.dev/template-task': 'task-1',
    'causeway.dev/template-time': '2026-11-22T08:00:00.000Z',
  });
});

it.each([
  ['a: [', /document 1, is no YAML/],
  ['a: b\n---\n- a\n', /document 1, has no metadata/],
  ['metadata:\n  name: a\n---\n- a\n', /document 2, is no entity/],
  ['metadata:\n  annotations: 3\n', /annotations that are no map/],
  ['# nothing\n', /holds no entity/],
  ['', /holds no entity/],
  ['a: 1\na: 2\n', /is no YAML: Map keys must be unique/],
  ['x'.repeat(1_000_001), /longer than 1000000/],
])('says what is wrong with file %#', async (text, words) => {
  await expect(stamp({ 'catalog-info.yaml': text })).rejects.toThrow(words);
});

it('stays within the workspace', async () => {
  await expect(stamp({}, {})).rejects.toThrow(/no catalog-info\.yaml/);
  await expect(stamp({}, { file: '../other.yaml' })).rejects.toThrow(
    /not allowed|outside/i,
  );
  workspace.setContent({ 'a.yaml': 'metadata: {}' });
  symlinkSync('/etc/hostname', workspace.resolve('link.yaml'));
  const action = createStampAction({ now: () => new Date() });
  await expect(
    action.handler({
      ...createMockActionContext({
        input: { file: 'link.yaml', template: 'a' },
        workspacePath: workspace.path,
      }),
    } as never),
  ).rejects.toThrow(/not allowed|no file|outside/i);
});

it('wants to know which template runs', async () => {
  await expect(
    stamp({ 'catalog-info.yaml': 'a: b' }, {}, { templateInfo: undefined }),
  ).rejects.toThrow(/name it as input template/);
});
