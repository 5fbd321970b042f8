import {
  isMap,
  isNode,
  isScalar,
  stringify,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import type { Stamp } from './stampDocuments';

interface Edit {
  from: number;
  to: number;
  text: string;
}

type BlockMap = YAMLMap<ParsedNode, ParsedNode>;

const toText = (value: string) => stringify(value, { lineWidth: 0 }).trimEnd();

/** Where the first key of a map stands, and how far it is indented; nothing where it does not begin its line. */
function firstLine(
  text: string,
  map: BlockMap,
): { at: number; indent: string } | undefined {
  const at = map.items[0]?.key?.range?.[0];
  if (at === undefined || map.flow) {
    return undefined;
  }
  const indent = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^ +$/.test(indent) ? { at, indent } : undefined;
}

function editAnnotations(
  text: string,
  annotations: BlockMap,
  stamp: Stamp,
  newline: string,
): Edit[] | undefined {
  const line = firstLine(text, annotations);
  if (!line) {
    return undefined;
  }
  const edits: Edit[] = [];
  const added: string[] = [];
  for (const [key, value] of Object.entries(stamp)) {
    const there = annotations.get(key, true);
    if (there === undefined) {
      added.push(`${key}: ${toText(value)}${newline}${line.indent}`);
    } else if (
      isScalar(there) &&
      there.range &&
      there.type !== 'BLOCK_FOLDED'
    ) {
      const [from, to] = there.range;
      edits.push({ from, to, text: toText(value) });
    } else {
      return undefined;
    }
  }
  return [{ from: line.at, to: line.at, text: added.join('') }, ...edits];
}

function editMetadata(
  text: string,
  metadata: BlockMap,
  stamp: Stamp,
  newline: string,
): Edit[] | undefined {
  const annotations = metadata.get('annotations', true);
  if (isMap(annotations) && annotations.items.length > 0) {
    return editAnnotations(text, annotations as BlockMap, stamp, newline);
  }
  const line = firstLine(text, metadata);
  if (!line || isNode(annotations)) {
    return undefined;
  }
  const lines = Object.entries(stamp).map(
    ([key, value]) => `${line.indent}  ${key}: ${toText(value)}${newline}`,
  );
  return [
    {
      from: line.at,
      to: line.at,
      text: `annotations:${newline}${lines.join('')}${line.indent}`,
    },
  ];
}

/**
 * Puts annotations between the lines of a file, so that nothing else of it
 * changes.
 *
 * @param places - the metadata of each entity, as it was read from the text
 * @returns nothing where there is no such place
 */
export function insertStamp(
  text: string,
  places: readonly BlockMap[],
  stamp: Stamp,
): string | undefined {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const edits: Edit[] = [];
  for (const metadata of places) {
    const found = editMetadata(text, metadata, stamp, newline);
    if (!found) {
      return undefined;
    }
    edits.push(...found);
  }
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce(
      (whole, { from, to, text: put }) =>
        whole.slice(0, from) + put + whole.slice(to),
      text,
    );
}
