import { initialsOf } from './initials';
import { currentPersona, parsePersonaOffer, rememberPersona } from './personas';

const offer = parsePersonaOffer({
  personas: [{ name: 'ada', displayName: 'Ada Obi' }, { name: 'max' }],
  default: 'max',
})!;

describe('parsePersonaOffer', () => {
  it('fills in what is absent', () => {
    expect(offer.personas[1]).toEqual({
      name: 'max',
      displayName: 'max',
      title: '',
      ready: true,
    });
  });

  it.each([
    undefined,
    null,
    {},
    { personas: [] },
    { personas: 'ada' },
    { personas: [{}] },
  ])('takes %j for no offer', body => {
    expect(parsePersonaOffer(body)).toBeUndefined();
  });

  it('takes the first where the default is not offered', () => {
    expect(
      parsePersonaOffer({ personas: [{ name: 'ada' }], default: 'eve' }),
    ).toMatchObject({ defaultName: 'ada' });
  });
});

describe('currentPersona', () => {
  it('is the default, then the one chosen, as long as that is offered', () => {
    const items = new Map<string, string>();
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
    };
    expect(currentPersona(offer, storage).name).toBe('max');
    rememberPersona('ada', storage);
    expect(currentPersona(offer, storage).name).toBe('ada');
    rememberPersona('gone', storage);
    expect(currentPersona(offer, storage).name).toBe('max');
  });
});

describe('initialsOf', () => {
  it.each([
    ['Ada Obi', 'AO'],
    ['  max ', 'M'],
    ['Jean Luc de la Tour', 'JT'],
    ['', ''],
  ])('of "%s" are "%s"', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
