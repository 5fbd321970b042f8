import type {
  GateRequest,
  RequestState,
} from '@causeway/backstage-plugin-causeway-common';

/** The parts of a request that are worked out when it is told, or kept in tables of their own. */
type Joined =
  | 'votes'
  | 'quorum'
  | 'execution'
  | 'feedback'
  | 'events'
  | 'agentRecord'
  | 'choices'
  | 'recentFailures'
  | 'link'
  | 'now';

/** A request as its row holds it. */
export interface StoredRequest extends Omit<GateRequest, Joined> {
  state: RequestState;
  /** Key of the agent's limits and record; absent where a person asks. */
  agentKey?: string;
  /** Groups of the requester when it asked; checked again before it runs. */
  requesterGroups: string[];
  /** Groups whose members may vote now: approvers, required ones, and who was told later. */
  deciders: string[];
  /** Epoch milliseconds when more people are told. */
  escalateAt?: number;
}
