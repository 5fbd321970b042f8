import { badRequest, StatusError } from '../objects/StatusError';

/**
 * Reads the `resourceVersion` parameter; `undefined` when absent, which asks
 * for the most recent state.
 *
 * @throws StatusError 400 when it is no number
 */
export function resourceVersionOf(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion');
  if (!text) return undefined;
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `resourceVersion: Invalid value: ${JSON.stringify(
        text,
      )}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

/** 504 for a version that the cluster has not reached yet. */
export function tooLarge(wanted: number, current: number): StatusError {
  return new StatusError({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    details: {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
          field: '',
        },
      ],
      retryAfterSeconds: 1,
    },
  });
}
