import type { Alias, Document } from 'yaml';
import { Limits } from './limits';
import { rangeOf } from './locate';
import { SourceFile } from './SourceFile';
import { yamlLibrary } from './yamlLibrary';

/** What is wrong with a tree, and whether that keeps it from being read. */
export interface Form {
  problems: SourceFile['problems'];
  fatal: boolean;
}

/** Walks the tree without recursion: depth, duplicate keys, merge keys, aliases. */
export function inspectTree(tree: Document.Parsed, limits: Limits): Form {
  const { isAlias, isMap, isPair, isScalar, isSeq } = yamlLibrary();
  const problems: SourceFile['problems'] = [];
  const anchors = new Map<string, readonly [number, number]>();
  let fatal = false;
  const stack: { node: unknown; depth: number }[] = [
    { node: tree.contents, depth: 1 },
  ];
  while (stack.length > 0) {
    const { node, depth } = stack.pop()!;
    if (depth > limits.depth) {
      const [offset, endOffset] = rangeOf(node);
      problems.push({
        rule: 'yaml-limits',
        message: `The document is nested more than ${limits.depth} levels deep`,
        offset,
        endOffset: Math.min(endOffset, offset + 1),
      });
      return { problems, fatal: true };
    }
    if (isAlias(node)) {
      fatal = checkAlias(node, anchors, problems) || fatal;
    } else if (isMap(node)) {
      noteAnchor(node, anchors);
      const keys = new Set<unknown>();
      for (let at = node.items.length - 1; at >= 0; at -= 1) {
        const pair = node.items[at];
        if (isPair(pair)) {
          stack.push({ node: pair.value, depth: depth + 1 });
        }
      }
      for (const pair of node.items) {
        const key = isScalar(pair.key) ? pair.key.value : undefined;
        if (key === undefined && !isScalar(pair.key)) {
          const [offset, endOffset] = rangeOf(pair.key);
          problems.push({
            rule: 'yaml-syntax',
            message: 'A key is a list or a mapping; the catalog needs text',
            offset,
            endOffset,
          });
          fatal = true;
        } else if (keys.has(String(key))) {
          const [offset, endOffset] = rangeOf(pair.key);
          problems.push({
            rule: 'yaml-duplicate-key',
            message: `The key "${String(key)}" stands twice in the same mapping`,
            help: 'Remove one of the two; the catalog refuses the document.',
            offset,
            endOffset,
          });
        } else {
          keys.add(String(key));
          if (key === '<<') {
            const [offset, endOffset] = rangeOf(pair.key);
            problems.push({
              rule: 'yaml-merge-key',
              message:
                'The catalog does not merge: "<<" becomes a field of that name',
              help: 'Write the fields out.',
              offset,
              endOffset,
            });
          }
        }
      }
    } else if (isSeq(node)) {
      noteAnchor(node, anchors);
      for (let at = node.items.length - 1; at >= 0; at -= 1) {
        stack.push({ node: node.items[at], depth: depth + 1 });
      }
    } else {
      noteAnchor(node, anchors);
    }
  }
  return { problems, fatal };
}

function noteAnchor(
  node: unknown,
  anchors: Map<string, readonly [number, number]>,
): void {
  const anchor = (node as { anchor?: string } | null)?.anchor;
  if (anchor) {
    anchors.set(anchor, rangeOf(node));
  }
}

/** An alias that leads nowhere or back to one of its own parents cannot become JSON. */
function checkAlias(
  alias: Alias,
  anchors: ReadonlyMap<string, readonly [number, number]>,
  problems: SourceFile['problems'],
): boolean {
  const target = anchors.get(alias.source);
  const [offset, endOffset] = rangeOf(alias);
  if (!target) {
    problems.push({
      rule: 'yaml-syntax',
      message: `The alias *${alias.source} has no anchor before it`,
      offset,
      endOffset,
    });
    return true;
  }
  if (target[0] <= offset && offset < target[1]) {
    problems.push({
      rule: 'yaml-limits',
      message: `The alias *${alias.source} contains itself`,
      offset,
      endOffset,
    });
    return true;
  }
  return false;
}
