import { parseQuantity } from './quantity';

it.each([
  ['250m', 0.25],
  ['100m', 0.1],
  ['1', 1],
  [2, 2],
  [0.5, 0.5],
  ['1.5', 1.5],
  ['.5', 0.5],
  ['5.', 5],
  ['128Mi', 134_217_728],
  ['1.5Gi', 1_610_612_736],
  ['500M', 500_000_000],
  ['1E', 1e18],
  ['1e3', 1000],
  ['1E3', 1000],
  ['12e-1', 1.2],
  ['0', 0],
  ['100n', 1e-7],
])('reads %p', (text, number) => {
  expect(parseQuantity(text)).toBe(number);
});

it.each([
  '',
  'a lot',
  '-1',
  '1 Gi',
  '1gi',
  '0x10',
  'Infinity',
  'NaN',
  NaN,
  Infinity,
  -1,
  '99999999Ei',
  '1e99',
  '9'.repeat(60),
  undefined,
  null,
  {},
  ['1'],
])('does not take %p for a quantity', value => {
  expect(parseQuantity(value)).toBeUndefined();
});
