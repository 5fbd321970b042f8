import { keyAction } from './keys';

function press(key: string, target: Element = document.body, rest = {}) {
  return {
    key,
    target,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
    ...rest,
  };
}

const on = { letters: true };

describe('keyAction', () => {
  it('knows letters, names and signs', () => {
    expect(
      ['j', 'k', 'a', 'd', '?', '/', 'x'].map(key => keyAction(press(key), on)),
    ).toEqual(['down', 'up', 'approve', 'deny', 'help', 'search', undefined]);
    expect(keyAction(press('ArrowDown'), on)).toBe('down');
    expect(keyAction(press('Escape'), on)).toBe('back');
  });

  it('leaves keys to whoever types, to modifiers and to dialogs', () => {
    const input = document.createElement('input');
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    const button = dialog.appendChild(document.createElement('button'));
    expect(keyAction(press('a', input), on)).toBeUndefined();
    expect(keyAction(press('a', button), on)).toBeUndefined();
    expect(
      keyAction(press('a', document.body, { ctrlKey: true }), on),
    ).toBeUndefined();
  });

  it('leaves arrows and Enter to what has the focus outside the list', () => {
    const list = document.createElement('ul');
    const row = list.appendChild(document.createElement('a'));
    const tab = document.createElement('button');
    expect(keyAction(press('ArrowDown', tab), on)).toBeUndefined();
    expect(keyAction(press('ArrowDown', row), { ...on, inside: list })).toBe(
      'down',
    );
    expect(
      keyAction(press('Enter', row), { ...on, inside: list }),
    ).toBeUndefined();
    expect(keyAction(press('Enter'), on)).toBe('open');
  });

  it('does nothing by letters when they are off', () => {
    expect(keyAction(press('a'), { letters: false })).toBeUndefined();
    expect(keyAction(press('ArrowDown'), { letters: false })).toBe('down');
  });
});
