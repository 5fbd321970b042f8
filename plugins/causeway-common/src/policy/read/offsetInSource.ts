/**
 * Where a character of a YAML scalar's value stands in the file: quotes,
 * escapes and folded lines stand between. Walks both texts side by side.
 */
export function offsetInSource(options: {
  source: string;
  /** Where the scalar begins and ends in the file. */
  start: number;
  end: number;
  value: string;
  /** In the value. */
  offset: number;
  /** Whether it is a block scalar, whose first line is its header. */
  block: boolean;
}): number {
  const { source, start, end, value, offset, block } = options;
  let at = start;
  if (block) {
    const firstBreak = source.indexOf('\n', start);
    at = firstBreak === -1 ? end : firstBreak + 1;
  } else if (source[at] === '"' || source[at] === "'") {
    at += 1;
  }
  const quoted = !block && source[start] === '"';
  const skipTo = (wanted: string) => {
    while (
      at < end &&
      source[at] !== wanted &&
      !(quoted && source[at] === '\\')
    ) {
      at += 1;
    }
  };
  for (let index = 0; index < offset && index < value.length; index += 1) {
    if (isBlank(value[index])) {
      while (at < end && isBlank(source[at])) {
        at += 1;
      }
      while (index + 1 < offset && isBlank(value[index + 1])) {
        index += 1;
      }
    } else {
      skipTo(value[index]);
      at += quoted && source[at] === '\\' ? escapeLength(source[at + 1]) : 1;
    }
  }
  if (offset < value.length && !isBlank(value[offset])) {
    skipTo(value[offset]);
  }
  return Math.min(at, end);
}

/** Units of an escape in double quotes. */
function escapeLength(kind: string | undefined): number {
  return { x: 4, u: 6, U: 10 }[kind ?? ''] ?? 2;
}

function isBlank(character: string): boolean {
  return (
    character === ' ' ||
    character === '\n' ||
    character === '\t' ||
    character === '\r'
  );
}
