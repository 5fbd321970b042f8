import { yamlLibrary } from '../document/yamlLibrary';
import { Edit } from '../findings/finding';
import { rootFields } from './entity-envelope';
import { DocumentContext, Rule } from './rule';

export const fieldOrder: Rule = {
  id: 'field-order',
  category: 'structure',
  description:
    'The root fields do not stand in the usual order: apiVersion, kind, metadata, spec.',
  severity: 'off',
  strict: 'note',
  checkDocument(context, report) {
    const order = Object.keys(context.entity);
    const known = rootFields.filter(field => order.includes(field));
    const present = order.filter(field =>
      (rootFields as readonly string[]).includes(field),
    );
    if (present.join() === known.join()) {
      return;
    }
    const wrong = present.find((field, at) => field !== known[at])!;
    const edits = reorder(context, known);
    report({
      message: `"${wrong}" stands before what usually comes first: ${known.join(', ')}`,
      at: { path: [wrong], part: 'key' },
      fix: edits && { edits },
    });
  },
};

/** Moves whole lines; undefined where fields share lines, comments or other fields stand between. */
function reorder(
  { tree, spanOf, document, entity }: DocumentContext,
  order: readonly string[],
): Edit[] | undefined {
  const { isMap, isScalar } = yamlLibrary();
  const root = tree().tree.contents;
  if (
    !isMap(root) ||
    root.flow ||
    Object.keys(entity).length !== order.length
  ) {
    return undefined;
  }
  const { text } = document.file;
  const starts = Object.keys(entity).map(field => ({
    field,
    offset: spanOf({ path: [field], part: 'key' }).offset,
  }));
  const lineStart = (offset: number) => text.lastIndexOf('\n', offset - 1) + 1;
  if (
    starts.some(({ offset }) => lineStart(offset) !== offset) ||
    !root.items.every(item => isScalar(item.key))
  ) {
    return undefined;
  }
  const begin = starts[0].offset;
  const last = text.slice(0, document.endOffset).trimEnd().length;
  const end =
    text.indexOf('\n', last) === -1
      ? text.length
      : text.indexOf('\n', last) + 1;
  const blocks = new Map(
    starts.map(({ field, offset }, at) => [
      field,
      text.slice(offset, starts[at + 1]?.offset ?? end),
    ]),
  );
  // Whose a comment is, the one above or the one below, only its author knows.
  if ([...blocks.values()].some(block => /\n#/.test(block))) {
    return undefined;
  }
  const sorted = order
    .map(field => blocks.get(field)!)
    .map(block => (block.endsWith('\n') ? block : `${block}\n`))
    .join('');
  return [{ offset: begin, endOffset: end, text: sorted }];
}
