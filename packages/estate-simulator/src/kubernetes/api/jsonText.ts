import { isObject } from '../objects/json';

// Objects that clusters hand out are frozen, so their text stays true.
const texts = new WeakMap<object, string>();

function itemText(item: unknown): string {
  if (!isObject(item) || !Object.isFrozen(item)) {
    return JSON.stringify(item) ?? 'null';
  }
  let text = texts.get(item);
  if (text === undefined) {
    text = JSON.stringify(item);
    texts.set(item, text);
  }
  return text;
}

/** JSON of an answer; the text of objects in a list is made once. */
export function jsonText(body: unknown): string {
  if (!isObject(body) || !Array.isArray(body.items)) {
    return JSON.stringify(body);
  }
  const { items, ...rest } = body;
  const head = JSON.stringify(rest).slice(0, -1);
  const separator = head === '{' ? '' : ',';
  return `${head}${separator}"items":[${items.map(itemText).join(',')}]}`;
}
