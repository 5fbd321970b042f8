const surrogate = '\ud800';

/** What no text field takes. */
const noTexts: unknown[] = [
  null,
  true,
  1.5,
  [],
  {},
  '',
  '   ',
  '\u0000',
  surrogate,
  'x'.repeat(25_000),
];

/** What a field of a body takes, and what nearly fits. */
export interface Spoilt {
  [field: string]: {
    needed?: boolean;
    /** Whether an object without anything in it is right. */
    emptiable?: boolean;
    wrong?: readonly unknown[];
  };
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Bodies of which nothing could be made, whoever sends them where. */
const nothings = [
  'null',
  '1',
  '"text"',
  '[]',
  '[{}]',
  nested(20),
  nested(5_000),
  '{"a":',
  '{"__proto__":{"a":1}}',
  '{"\\ud800":1}',
  '{"a":1e999}',
  `{"a":"${'x'.repeat(300_000)}"}`,
  '{"unknown":1}',
  '{"constructor":{"prototype":{"a":1}}}',
];

/** Bodies that are each wrong in one place only, and whole ones that are nothing. */
export function spoiledBodies(valid: object, fields: Spoilt): string[] {
  const bodies = Object.entries(fields).flatMap(
    ([field, { needed = false, emptiable = false, wrong = [] }]) => {
      const { [field]: _left, ...without } = valid as Record<string, unknown>;
      return [
        ...(needed ? [without] : []),
        ...[
          ...noTexts.filter(
            value => !emptiable || `${value}` !== '[object Object]',
          ),
          ...wrong,
        ].map(value => ({ ...valid, [field]: value })),
      ];
    },
  );
  return [
    ...nothings,
    ...[...bodies, { ...valid, unknown: 1 }].map(body => JSON.stringify(body)),
  ];
}
