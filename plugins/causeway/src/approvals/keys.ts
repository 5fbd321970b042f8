/** What a key does in the queue and on a request. */
export type KeyAction =
  | 'down'
  | 'up'
  | 'first'
  | 'last'
  | 'open'
  | 'approve'
  | 'deny'
  | 'back'
  | 'search'
  | 'help';

const named: Record<string, KeyAction> = {
  ArrowDown: 'down',
  ArrowUp: 'up',
  Home: 'first',
  End: 'last',
  Enter: 'open',
  Escape: 'back',
};

const letters: Record<string, KeyAction> = {
  j: 'down',
  k: 'up',
  a: 'approve',
  d: 'deny',
  '/': 'search',
  '?': 'help',
};

/** Keys by what they do, as they are listed. */
export const keyList: { action: KeyAction; keys: string[] }[] = [
  { action: 'down', keys: ['j', '↓'] },
  { action: 'up', keys: ['k', '↑'] },
  { action: 'first', keys: ['Home'] },
  { action: 'last', keys: ['End'] },
  { action: 'open', keys: ['Enter'] },
  { action: 'approve', keys: ['a'] },
  { action: 'deny', keys: ['d'] },
  { action: 'back', keys: ['Escape'] },
  { action: 'search', keys: ['/'] },
  { action: 'help', keys: ['?'] },
];

const typing =
  'input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox], [role=combobox]';

/**
 * What a key means, if anything: not while one types, not with a modifier, and
 * keys with a name only where nothing else wants them. `letters` says whether
 * single letters are on, `arrows` whether the keys of a list are.
 */
export function keyAction(
  event: Pick<
    KeyboardEvent,
    'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'defaultPrevented' | 'target'
  >,
  options: { letters: boolean; inside?: Element | null; arrows?: boolean },
): KeyAction | undefined {
  if (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  ) {
    return undefined;
  }
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest(typing)) {
    return undefined;
  }
  const letter = letters[event.key];
  if (letter) {
    return options.letters ? letter : undefined;
  }
  const action = named[event.key];
  const isFree =
    !target ||
    target === document.body ||
    Boolean(options.inside?.contains(target));
  // Enter belongs to whatever has the focus, and a row is a link of its own.
  if (action === 'open') {
    return target === document.body ? action : undefined;
  }
  if (action === 'back') {
    return action;
  }
  return isFree && options.arrows !== false ? action : undefined;
}
