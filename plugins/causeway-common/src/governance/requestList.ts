import type { RiskLevel } from './assessment';
import type { RequestState } from './requestState';
import type { Requester } from './requester';
import type { RequestTarget } from './target';
import type { Quorum } from './vote';

/**
 * A request in a list.
 *
 * @public
 */
export interface RequestRow {
  id: string;
  state: RequestState;
  revision: number;
  operation: { name: string; title: string };
  /** The plan in one sentence. */
  summary: string;
  target: Pick<RequestTarget, 'entityRef' | 'title' | 'owner' | 'environment'>;
  risk: { name: string; level: RiskLevel };
  tier: 1 | 2 | 3;
  requester: Pick<Requester, 'ref' | 'kind' | 'actor' | 'unverifiedName'>;
  quorum: Pick<Quorum, 'approvals' | 'needed'>;
  /** Per hour; absent where it is not known. */
  cost?: { delta: number; currency: string };
  /** How many things that the agent says the plan does not bear out. */
  discrepancies: number;
  createdAt: number;
  decideBy?: number;
  executeBy?: number;
  /** Whether it waits for the caller: to vote on it, to do it as a task, or to say what came of it. */
  mine: boolean;
}

/**
 * `GET /requests`.
 *
 * @public
 */
export interface RequestPage {
  items: RequestRow[];
  nextCursor?: string;
  /** How many there are, at most 10,000. */
  total: number;
  now: number;
}

/**
 * What lists of requests can be narrowed to.
 *
 * @public
 */
export interface RequestQuery {
  state?: RequestState[];
  operation?: string[];
  environment?: string[];
  owner?: string[];
  /** Entity references between commas, at most 50. */
  target?: string;
  requester?: string;
  risk?: RiskLevel[];
  tier?: (1 | 2 | 3)[];
  /** Only what waits for the caller: to vote on it, to do it as a task, or to say what came of it. */
  mine?: boolean;
  /** Only what the caller asked for. */
  asked?: boolean;
  /** Words of the summary, target or id. */
  text?: string;
  /** `urgency`: what expires first; `newest`. Defaults to urgency. */
  order?: 'urgency' | 'newest';
  cursor?: string;
  /** 1 to 200; defaults to 50. */
  limit?: number;
}
