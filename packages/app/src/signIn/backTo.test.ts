import { readBackTo, toChooser } from './backTo';

const origin = 'https://portal.example';
const back = (from: string) =>
  readBackTo(`?${new URLSearchParams({ from })}`, origin);

it('leads back to the page that one came from', () => {
  const page = { pathname: '/approvals', search: '?view=all&text=a%26b' };
  const [, search] = toChooser(page).split('?');
  expect(readBackTo(`?${search}`, origin)).toBe(
    '/approvals?view=all&text=a%26b',
  );
  // Once more from the chooser itself: still to that page.
  expect(toChooser({ pathname: '/persona', search: `?${search}` })).toBe(
    toChooser(page),
  );
});

it.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  // eslint-disable-next-line no-script-url
  'javascript:alert(1)',
  'approvals',
  '/persona',
  '',
])('leads nowhere else: %j', from => {
  expect(back(from)).toBe('/');
});
