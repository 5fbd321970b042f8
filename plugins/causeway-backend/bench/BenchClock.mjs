/** The real time, which can be moved on: whoever sleeps wakes up and looks. */
export class BenchClock {
  #ahead = 0;

  #sleepers = new Set();

  now() {
    return Date.now() + this.#ahead;
  }

  random() {
    return Math.random();
  }

  sleep(ms, signal) {
    return new Promise(resolve => {
      const sleeper = { wake: () => {} };
      const timer = setTimeout(() => sleeper.wake(), Math.min(ms, 0x7fff_ffff));
      const wake = () => {
        clearTimeout(timer);
        this.#sleepers.delete(sleeper);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      sleeper.wake = wake;
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', wake, { once: true });
      if (signal.aborted) {
        wake();
      }
    });
  }

  advance(ms) {
    this.#ahead += ms;
    [...this.#sleepers].forEach(sleeper => sleeper.wake());
  }
}
