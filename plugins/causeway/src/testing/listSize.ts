/**
 * Gives every element the size of a list on a screen: jsdom lays nothing out,
 * and a virtual list shows what there is room for.
 *
 * @returns the way back
 */
export function setListSize(width: number, height: number): () => void {
  const sizes = {
    clientWidth: width,
    clientHeight: height,
    offsetWidth: width,
    offsetHeight: height,
  };
  const before = Object.keys(sizes).map(
    name =>
      [
        name,
        Object.getOwnPropertyDescriptor(HTMLElement.prototype, name) ??
          Object.getOwnPropertyDescriptor(Element.prototype, name),
      ] as const,
  );
  for (const [name, value] of Object.entries(sizes)) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get: () => value,
    });
  }
  return () => {
    for (const [name, descriptor] of before) {
      Object.defineProperty(HTMLElement.prototype, name, descriptor!);
    }
  };
}
