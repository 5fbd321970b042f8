/** JSON schema of `causeway.yaml`; `causeway catalog schema --config` prints it. */
export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Causeway',
  description: 'Configuration of the causeway command',
  type: 'object',
  additionalProperties: false,
  properties: {
    catalog: {
      type: 'object',
      additionalProperties: false,
      properties: {
        validate: {
          type: 'object',
          description: 'What `causeway catalog validate` checks',
          additionalProperties: false,
          properties: {
            paths: {
              description:
                'Files, folders and globs that are checked when the command names none.',
              $ref: '#/definitions/texts',
            },
            ignore: {
              description: 'Globs of files that are not found.',
              $ref: '#/definitions/texts',
            },
            complete: {
              description:
                'Whether the files are the whole catalog, so that a reference out of them is an error.',
              type: 'boolean',
            },
            failOn: {
              description: 'The mildest severity that makes the check fail.',
              enum: ['error', 'warning'],
            },
            preset: {
              description:
                '`recommended`, or `strict`, which turns on the rules about style as well.',
              enum: ['recommended', 'strict'],
            },
            rules: {
              description: 'Settings of rules by id.',
              $ref: '#/definitions/rules',
            },
            overrides: {
              description: 'Settings of rules for some files; later ones win.',
              type: 'array',
              items: {
                type: 'object',
                additionalProperties: false,
                required: ['files', 'rules'],
                properties: {
                  files: { $ref: '#/definitions/texts' },
                  rules: { $ref: '#/definitions/rules' },
                },
              },
            },
            kinds: {
              description: 'Kinds besides those of Backstage.',
              type: 'object',
              additionalProperties: false,
              properties: {
                layers: {
                  description:
                    'Modules whose exports are catalog model layers. Their code is run.',
                  $ref: '#/definitions/texts',
                },
                schemas: {
                  description: 'JSON schemas of kinds.',
                  type: 'array',
                  items: {
                    type: 'object',
                    additionalProperties: false,
                    required: ['file'],
                    properties: {
                      file: {
                        description:
                          'JSON or YAML file with a JSON schema (draft 7) whose properties apiVersion and kind have a const or an enum.',
                        type: 'string',
                        minLength: 1,
                      },
                      references: {
                        description: 'Fields that refer to other entities.',
                        type: 'array',
                        items: {
                          type: 'object',
                          additionalProperties: false,
                          required: ['path'],
                          properties: {
                            path: { type: 'string', minLength: 1 },
                            kinds: { $ref: '#/definitions/texts' },
                            defaultKind: { type: 'string', minLength: 1 },
                            relation: { type: 'string', minLength: 1 },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
            annotations: {
              description:
                'Annotations of your own, with the form of their value.',
              type: 'object',
              additionalProperties: {
                type: ['object', 'null'],
                additionalProperties: false,
                properties: {
                  pattern: {
                    description:
                      'Regular expression that the whole value matches.',
                    type: 'string',
                  },
                  expected: {
                    description: 'The same in words, for people.',
                    type: 'string',
                  },
                },
              },
            },
            templates: {
              description: 'What your scaffolder has besides the built-in.',
              type: 'object',
              additionalProperties: false,
              properties: {
                actions: { $ref: '#/definitions/texts' },
                fields: { $ref: '#/definitions/texts' },
                filters: { $ref: '#/definitions/texts' },
              },
            },
            followUrls: {
              description:
                'Hosts whose URLs in Location targets are read. None without it.',
              $ref: '#/definitions/texts',
            },
            snapshot: {
              description: 'Snapshot of the live catalog.',
              type: 'string',
              minLength: 1,
            },
            ownLocations: {
              description:
                "Beginnings of locations (`url:https://…`) that these files stand for; the snapshot's entities from there do not count.",
              $ref: '#/definitions/texts',
            },
            baseline: {
              description: 'File of findings that are tolerated.',
              type: 'string',
              minLength: 1,
            },
            limits: {
              type: 'object',
              additionalProperties: false,
              properties: {
                fileBytes: { type: 'integer', minimum: 1 },
                depth: { type: 'integer', minimum: 1, maximum: 500 },
                aliases: { type: 'integer', minimum: 0 },
                tokens: { type: 'integer', minimum: 1 },
                documents: { type: 'integer', minimum: 1 },
                files: { type: 'integer', minimum: 1 },
                findings: { type: 'integer', minimum: 1 },
              },
            },
          },
        },
      },
    },
  },
  definitions: {
    texts: { type: 'array', items: { type: 'string', minLength: 1 } },
    rules: {
      type: 'object',
      additionalProperties: { enum: ['off', 'note', 'warning', 'error'] },
    },
  },
};
