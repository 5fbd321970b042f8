import type { JsonValue } from '@backstage/types';

const plain = /^[\p{L}\p{N}_./@-][\p{L}\p{N}_./@ +-]*$/u;

function scalar(value: unknown): string {
  if (typeof value !== 'string') {
    return String(value);
  }
  const reads =
    plain.test(value) &&
    value.trim() === value &&
    !/^(true|false|null|[-+.\d].*)$/i.test(value);
  return reads ? value : JSON.stringify(value);
}

function isScalar(value: unknown): boolean {
  return (
    typeof value !== 'object' || value === null || !Object.keys(value).length
  );
}

function lines(value: unknown, indent: string): string[] {
  if (isScalar(value)) {
    const empty = Array.isArray(value) ? '[]' : '{}';
    return [
      indent +
        (typeof value === 'object' && value !== null ? empty : scalar(value)),
    ];
  }
  if (Array.isArray(value)) {
    return value.flatMap(item => {
      const [first, ...rest] = lines(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value as object)
    .filter(([, item]) => item !== undefined)
    .flatMap(([key, item]) => {
      const name = `${indent}${scalar(key)}:`;
      return isScalar(item)
        ? [`${name} ${lines(item, '')[0]}`]
        : [name, ...lines(item, `${indent}  `)];
    });
}

/** JSON the way people like to read it: indented as YAML is. For reading only. */
export function outline(value: JsonValue | undefined): string {
  return value === undefined ? '' : lines(value, '').join('\n');
}
