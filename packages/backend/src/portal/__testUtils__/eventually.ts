/**
 * Asks again until the check holds; fails with its last error when it has not
 * after so many milliseconds. Generous, since a busy machine must not decide.
 */
export async function eventually<T>(
  check: () => Promise<T>,
  withinMs = 180_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) {
        throw error;
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}
