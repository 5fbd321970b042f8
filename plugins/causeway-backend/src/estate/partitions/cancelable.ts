/**
 * A controller that also aborts with a longer-lived signal. `dispose` removes
 * the link; `AbortSignal.any` would keep one entry for every cycle on a signal
 * that lives as long as the process.
 */
export function linkedController(signal: AbortSignal): {
  controller: AbortController;
  dispose: () => void;
} {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (signal.aborted) {
    abort();
  }
  signal.addEventListener('abort', abort, { once: true });
  return {
    controller,
    dispose: () => signal.removeEventListener('abort', abort),
  };
}
