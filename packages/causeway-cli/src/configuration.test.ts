import { runCli, validateTree, withFiles } from './testUtils';

const component = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: a, tags: [Java]}
spec: {type: service, lifecycle: production, owner: team}
`;

describe('configuration', () => {
  it('sets rules, also by path', async () => {
    const { findings, code } = await validateTree({
      'causeway.yaml': `catalog:
  validate:
    ignore: [ignored/**]
    failOn: warning
    rules: {tag-format: warning}
    overrides:
      - {files: ['legacy/**'], rules: {tag-format: off}}
      - {files: ['legacy/b/**'], rules: {tag-format: error}}
`,
      'ignored/catalog-info.yaml': 'broken: [',
      'catalog-info.yaml': component,
      'legacy/a/catalog-info.yaml': component.replace('name: a', 'name: b'),
      'legacy/b/catalog-info.yaml': component.replace('name: a', 'name: c'),
    });
    const tags = findings.filter(({ rule }) => rule === 'tag-format');
    expect(tags.map(({ file, severity }) => `${file} ${severity}`)).toEqual([
      'catalog-info.yaml warning',
      'legacy/b/catalog-info.yaml error',
    ]);
    expect(code).toBe(1);
  });

  it.each([
    [
      'catalog: {validate: {rules: {tag-fromat: off}}}',
      '"tag-format" is meant, perhaps',
    ],
    [
      'catalog: {validate: {rules: {reference-unjudged: error}}}',
      'so it is a note or off',
    ],
    [
      'catalog: {validate: {rules: {tag-format: loud}}}',
      'must be one of "off", "note", "warning", "error"',
    ],
    ['catalog: {validat: {}}', '"catalog.validat" is not a field'],
    ['catalog: [', 'cannot be parsed'],
    [
      'catalog: {validate: {annotations: {a/b: {pattern: "("}}}}',
      'is not a regular expression',
    ],
    [
      'catalog: {validate: {kinds: {schemas: [{file: gone.json}]}}}',
      'gone.json cannot be read',
    ],
    [
      'catalog: {validate: {kinds: {schemas: [{file: catalog-info.yaml}]}}}',
      'must say which kind',
    ],
    [
      'catalog: {validate: {kinds: {layers: [./gone.js]}}}',
      'gone.js cannot be loaded',
    ],
    ['catalog: {validate: {snapshot: gone.json}}', 'The file is not there'],
  ])('refuses %s', async (config, message) => {
    const { code, stderr } = await validateTree({
      'causeway.yaml': config,
      'catalog-info.yaml': component,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('refuses options that are not there, and tells the likely one', async () => {
    const { code, stderr } = await validateTree({}, ['--compelte']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'error: There is no option --compelte; --complete is meant, perhaps. --help lists them.\n',
    });
  });

  it('takes kinds from JSON schemas, with their references', async () => {
    const widget = `apiVersion: acme.io/v1
kind: Widget
metadata: {name: w}
spec: {colour: red, owner: team, uses: ['component:gone']}
`;
    const files = {
      'causeway.yaml': `catalog:
  validate:
    complete: true
    kinds:
      schemas:
        - file: schemas/widget.yaml
          references:
            - {path: spec.owner, kinds: [Group, User], defaultKind: Group, relation: ownedBy}
            - {path: spec.uses}
`,
      'schemas/widget.yaml': `$schema: http://json-schema.org/draft-07/schema#
type: object
required: [spec]
properties:
  apiVersion: {const: acme.io/v1}
  kind: {enum: [Widget]}
  spec: {type: object, required: [colour], properties: {colour: {type: string}, owner: {type: string}, uses: {type: array, items: {type: string}}}}
`,
      'catalog-info.yaml': widget,
      'more/catalog-info.yaml': `${widget.replace('colour', 'coluor').replace('name: w', 'name: v')}---\n${widget.replace('Widget', 'Wigdet').replace('team', 'system:x').replace('name: w', 'name: u')}`,
    };
    const { findings } = await validateTree(files);
    expect(findings.map(({ file, rule }) => `${file} ${rule}`)).toEqual([
      'catalog-info.yaml reference-missing',
      'catalog-info.yaml reference-missing',
      'more/catalog-info.yaml field-misspelled',
      'more/catalog-info.yaml reference-missing',
      'more/catalog-info.yaml reference-missing',
      'more/catalog-info.yaml kind-unknown',
      'more/catalog-info.yaml owner-kind',
      'more/catalog-info.yaml reference-missing',
    ]);
  });

  it('takes kinds and annotations from catalog model layers', async () => {
    const { findings } = await validateTree({
      'causeway.yaml':
        'catalog: {validate: {kinds: {layers: [./layer.js]}, complete: true}}\n',
      'layer.js': `const { createCatalogModelLayer } = require(${JSON.stringify(require.resolve('@backstage/catalog-model/alpha'))});
exports.layer = createCatalogModelLayer({
  layerId: 'acme.io/model',
  builder: model => {
    model.addAnnotation({ name: 'backstage.io/acme-id', description: 'Ours' });
    model.addKind({
      group: 'acme.io', names: { kind: 'Widget', singular: 'widget', plural: 'widgets' }, description: 'A widget',
      versions: [{ name: 'v1', schema: { jsonSchema: { type: 'object', required: ['spec'], properties: { spec: { type: 'object', required: ['owner'], properties: { owner: { type: 'string' } } } } } },
        relationFields: [{ selector: { path: 'spec.owner' }, relation: 'ownedBy', defaultKind: 'Group', allowedKinds: ['Group'] }] }],
    });
  },
});
`,
      'catalog-info.yaml': `apiVersion: acme.io/v1
kind: Widget
metadata: {name: w, annotations: {backstage.io/acme-id: x}}
spec: {owner: team}
---
apiVersion: acme.io/v1
kind: Widget
metadata: {name: v}
spec: {}
---
${component.replace('team', 'user:jane').replace('Java', 'java')}`,
    });
    expect(findings.map(({ rule, place }) => `${place.line} ${rule}`)).toEqual([
      '4 reference-missing',
      '9 field-missing',
      '14 reference-missing',
    ]);
  });

  it('knows annotations, actions, fields and filters of the configuration', async () => {
    const { findings } = await validateTree({
      'causeway.yaml': `catalog:
  validate:
    preset: strict
    annotations:
      backstage.io/team-code: {pattern: 'T[0-9]+', expected: a team code}
    templates: {actions: ['acme:ticket'], fields: [AcmePicker], filters: [acmeCase]}
`,
      'catalog-info.yaml': component.replace(
        'tags: [Java]',
        'annotations: {backstage.io/team-code: X1}',
      ).concat(`---
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: {name: t}
spec:
  type: service
  owner: team
  parameters: {properties: {name: {type: string, ui:field: AcmePicker}}}
  steps:
    - action: acme:ticket
      input: {x: '\${{ parameters.name | acmeCase }}'}
`),
    });
    expect(
      findings
        .filter(({ rule }) => rule !== 'reference-unjudged')
        .map(({ rule, help }) => `${rule}: ${help}`),
    ).toEqual(['annotation-value: Write a team code.']);
  });
});

describe('schemas for editors', () => {
  it('accept what is right and refuse what is wrong', async () => {
    const Ajv = require('ajv').default;
    await withFiles({}, async cwd => {
      const { stdout, code } = await runCli(['catalog', 'schema'], { cwd });
      expect(code).toBe(0);
      const validate = new Ajv({ strict: false }).compile(JSON.parse(stdout));
      const entity = (kind: string, spec: object) => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: { name: 'a' },
        spec,
      });
      const common = { lifecycle: 'production', owner: 'team' };
      expect(
        validate(entity('Component', { type: 'service', ...common })),
      ).toBe(true);
      expect(validate(entity('Component', { type: 'service' }))).toBe(false);
      expect(validate(entity('Componet', { type: 'service', ...common }))).toBe(
        false,
      );
      expect(
        validate(
          entity('API', { type: 'openapi', definition: 'x', ...common }),
        ),
      ).toBe(true);
      // Placeholders are replaced before the catalog looks.
      for (const definition of [
        { $text: './a.yaml' },
        { $openapi: './a.yaml' },
      ]) {
        expect(
          validate(entity('API', { type: 'openapi', definition, ...common })),
        ).toBe(true);
      }
      expect(
        validate(
          entity('API', { type: 'openapi', definition: { a: 1 }, ...common }),
        ),
      ).toBe(false);
      expect(
        validate(
          entity('API', { type: 'mcp-server', definition: 'x', ...common }),
        ),
      ).toBe(false);
      expect(validate(entity('AiResource', { type: 'skill', ...common }))).toBe(
        true,
      );
      expect(validate(entity('AiResource', { type: 'rule', ...common }))).toBe(
        false,
      );
      const one = JSON.parse(
        (await runCli(['catalog', 'schema', 'group'], { cwd })).stdout,
      );
      expect(one.properties.kind.enum).toEqual(['Group']);
      expect((await runCli(['catalog', 'schema', 'Grup'], { cwd })).code).toBe(
        2,
      );
      const config = JSON.parse(
        (await runCli(['catalog', 'schema', '--config-file'], { cwd })).stdout,
      );
      expect(
        new Ajv({ strict: false }).compile(config)({
          catalog: { validate: { complete: true } },
        }),
      ).toBe(true);
    });
  });
});
