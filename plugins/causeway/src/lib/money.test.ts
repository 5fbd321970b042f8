import { formatMoney } from './money';

const options = { locale: 'en', signed: true };

it.each([
  [0, 'USD', '$0.00'],
  [0.0034, 'USD', '+$0.0034'],
  [-0.02139, 'USD', '-$0.021'],
  [0.5, 'USD', '+$0.50'],
  [1234.567, 'EUR', '+€1,234.57'],
  [2.4, 'coins', '+2.40 coins'],
])('formats %d %s as %s', (amount, currency, expected) => {
  expect(formatMoney(amount, currency, options)).toBe(expected);
});
