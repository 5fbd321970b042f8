import {
  requestStates,
  type RequestPage,
  type RequestQuery,
  type RequestState,
} from '@causeway/backstage-plugin-causeway-common';
import type { GateApi } from '../api';
import { activeStates } from '../lib/openStates';

const open: RequestState[] = ['pending', ...activeStates];
const over = requestStates.filter(state => !open.includes(state));

/** One page of requests: what somebody still has to do with, most urgent first, then what is over, newest first. */
export async function listOpenFirst(
  api: Pick<GateApi, 'listRequests'>,
  query: RequestQuery & { limit: number },
  options?: { signal?: AbortSignal },
): Promise<RequestPage> {
  const [waiting, done] = await Promise.all([
    api.listRequests({ ...query, state: open, order: 'urgency' }, options),
    api.listRequests({ ...query, state: over, order: 'newest' }, options),
  ]);
  return {
    items: [...waiting.items, ...done.items].slice(0, query.limit),
    total: waiting.total + done.total,
    now: done.now,
  };
}
