import { editYaml, type YamlEdit } from './editYaml';

const manifest = `# Who pays whom.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: payment-api # the one
  annotations: {}
spec:
  replicas: 3   # evenings: 6
  template:
    spec:
      containers:
        - name: api
          image: "registry/api:1.2.3"
          resources:
            requests:
              cpu: 100m
              memory: '128Mi'
        - name: proxy
          image: registry/proxy:9
          resources: { limits: { cpu: 1 } }
  paused:
`;

const edit = (text: string, ...edits: YamlEdit[]) =>
  editYaml('deployment.yaml', text, edits);

describe('editYaml', () => {
  it.each<[string, YamlEdit['value'], string, string]>([
    ['spec.replicas', 6, 'replicas: 3   #', 'replicas: 6   #'],
    [
      'spec.template.spec.containers[api].image',
      'registry/api:1.3.0',
      '"registry/api:1.2.3"',
      '"registry/api:1.3.0"',
    ],
    [
      'spec.template.spec.containers[0].resources.requests.memory',
      '256Mi',
      "'128Mi'",
      "'256Mi'",
    ],
    [
      'spec.template.spec.containers[proxy].resources.limits.cpu',
      2,
      'cpu: 1 }',
      'cpu: 2 }',
    ],
    ['spec.paused', true, 'paused:\n', 'paused: true\n'],
    // A text that would be read as a number is quoted.
    ['spec.replicas', '6', 'replicas: 3   #', 'replicas: "6"   #'],
  ])('changes %s and nothing else', (path, value, before, after) => {
    const edited = edit(manifest, { path, value });
    expect(edited.text).toBe(manifest.replace(before, after));
  });

  it('adds keys that are not there, in block and in braces', () => {
    const { text, values, after } = edit(
      manifest,
      { path: 'spec.strategy.type', value: 'Recreate' },
      { path: 'metadata.annotations[example.com/size]', value: 'large' },
      {
        path: 'spec.template.spec.containers[proxy].resources.requests.cpu',
        value: '50m',
      },
      {
        path: 'spec.template.spec.containers[api].resources.limits.memory',
        value: '1Gi',
      },
    );
    expect(text).toBe(
      manifest
        .replace('  paused:\n', '  paused:\n  strategy:\n    type: Recreate\n')
        .replace(
          'annotations: {}',
          'annotations: { "example.com/size": "large" }',
        )
        .replace(
          '{ limits: { cpu: 1 } }',
          '{ limits: { cpu: 1 } , "requests": { "cpu": "50m" } }',
        )
        .replace(
          "'128Mi'\n",
          "'128Mi'\n            limits:\n              memory: 1Gi\n",
        ),
    );
    expect(values.every(({ before }) => before === undefined)).toBe(true);
    expect(after[0]).toMatchObject({
      spec: { strategy: { type: 'Recreate' } },
    });
  });

  it('says what stood there, and finds the object in a file of several', () => {
    const two = `${manifest}---\nkind: Service\nmetadata: { name: payment-api }\nspec:\n  port: 80\n`;
    expect(
      edit(two, {
        path: 'spec.port',
        value: 8080,
        object: { kind: 'Service', name: 'payment-api' },
      }),
    ).toMatchObject({
      text: two.replace('port: 80', 'port: 8080'),
      values: [{ before: 80, after: 8080, document: 1 }],
    });
    expect(() => edit(two, { path: 'spec.port', value: 1 })).toThrow(
      expect.objectContaining({
        code: 'no-such-object',
        hint: expect.stringContaining(
          'Deployment payment-api, Service payment-api',
        ),
      }),
    );
  });

  it.each([
    ['nothing-to-do', manifest, 'spec.replicas', 3],
    ['no-such-field', manifest, 'spec.template.spec.containers[web].image', 1],
    ['no-such-field', manifest, 'spec.replicas.more', 1],
    ['no-such-field', manifest, 'spec..replicas', 1],
    ['no-such-field', manifest, '__proto__.polluted', 1],
    ['not-a-value', manifest, 'spec.template', 1],
    ['not-a-value', 'a: |\n  x\n  y\n', 'a', 'z'],
    ['shared-value', 'a: &x 3\nb: *x\n', 'a', 4],
    ['shared-value', 'a: &x 3\nb: *x\n', 'b', 4],
    ['shared-value', 'a: &x { c: 1 }\nb: *x\n', 'a.c', 4],
    ['not-yaml', 'a: {{ .Values.a }}\n', 'a', 4],
    ['not-yaml', 'a: 1\na: 2\n', 'a', 4],
  ] as const)('refuses with %s', (code, text, path, value) => {
    expect(() => edit(text, { path, value })).toThrow(
      expect.objectContaining({ name: 'OperationRefusal', code }),
    );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('does not unfold a bomb of aliases', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
      .concat(
        Array.from(
          { length: 12 },
          (_, at) =>
            `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`,
        ),
        'b: 1',
      )
      .join('\n');
    expect(() => edit(bomb, { path: 'b', value: 2 })).toThrow(
      expect.objectContaining({ code: 'not-yaml' }),
    );
  });
});
