import type { PolicyView } from '@causeway/backstage-plugin-causeway-common';
import type { CompiledPolicy } from '@causeway/backstage-plugin-causeway-common/policy';

/** The policy in force, as every replica sees it. */
export interface CurrentPolicy {
  compiled: CompiledPolicy;
  view: PolicyView;
  /** Why nothing runs by itself for now. */
  tier1Stopped?: string;
}

/** Knows which policy is in force. */
export interface PolicyService {
  /** Reads the files, so that there is a policy before anything is asked. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** As the database has it at this moment, whatever this replica's files say. */
  current(): Promise<CurrentPolicy>;
  /** Called after another policy came into force, or tier 1 was stopped or let go on; gives how to end it. */
  onChange(listener: (policy: CurrentPolicy) => void): () => void;
}
