import { countOf } from './countOf';

it('says one of something as one', () => {
  expect([0, 1, 2].map(count => countOf(count, 'pod'))).toEqual([
    '0 pods',
    '1 pod',
    '2 pods',
  ]);
  expect(countOf(2, 'person', 'people')).toBe('2 people');
});
