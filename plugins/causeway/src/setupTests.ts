import '@testing-library/jest-dom';

// jsdom measures nothing; the canvas only asks to be told of its size.
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
