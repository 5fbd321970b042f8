/** What the gate said, without the frame that the client puts around it. */
export function serverWords(error: Error): string {
  const cause = (error as { cause?: { message?: unknown } }).cause;
  return typeof cause?.message === 'string' && cause.message
    ? cause.message
    : error.message;
}

/** HTTP status of an answer that refused, where there was one. */
export function statusOf(error: unknown): number | undefined {
  const { statusCode, response } = error as {
    statusCode?: unknown;
    response?: { status?: unknown };
  };
  const status = statusCode ?? response?.status;
  return typeof status === 'number' ? status : undefined;
}
