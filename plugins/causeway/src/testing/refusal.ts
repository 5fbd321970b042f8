import { ResponseError } from '@backstage/errors';

/** What a client throws where the gate refuses. */
export function refusal(
  status: number,
  name: string,
  message: string,
): Promise<never> {
  return ResponseError.fromResponse(
    new Response(
      JSON.stringify({
        error: { name, message },
        response: { statusCode: status },
      }),
      { status, headers: { 'content-type': 'application/json' } },
    ),
  ).then(error => Promise.reject(error));
}
