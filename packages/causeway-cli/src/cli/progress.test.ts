import { createProgress } from './progress';

function watch(isTerminal: boolean, times: number[]): string {
  let written = '';
  const clock = [0, ...times];
  const progress = createProgress(
    { isTerminal, write: text => void (written += text) },
    () => clock.shift()!,
  );
  times.forEach((_, at) => progress.tick(at + 1, 10));
  progress.end();
  return written;
}

describe('progress', () => {
  it('is silent on short runs', () => {
    expect(watch(true, [100, 1400])).toBe('');
    expect(watch(false, [100, 1400])).toBe('');
  });

  it('is one line in place on a terminal', () => {
    expect(watch(true, [1600, 1650, 1800])).toBe(
      '\r\u001b[K1 of 10 files\r\u001b[K3 of 10 files\r\u001b[K',
    );
  });

  it('is a line now and then elsewhere', () => {
    expect(watch(false, [1600, 3000, 6700])).toBe(
      '1 of 10 files\n3 of 10 files\n',
    );
  });
});
