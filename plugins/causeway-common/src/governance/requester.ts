/**
 * Through which entrance a request came.
 *
 * @public
 */
export type Entrance = 'rest' | 'mcp' | 'action' | 'template';

/**
 * Who asks.
 *
 * @public
 */
export interface Requester {
  /** `user:default/ada-okafor`, or the name of a configured service subject: `subject:scaler`. */
  ref: string;
  kind: 'user' | 'subject';
  /** Entrance's plugin that acts for the user: `plugin:mcp-actions`. An agent, as far as anybody can tell. */
  actor?: string;
  /** Person or group that answers for a service subject. */
  accountable?: string;
  /** Everybody who may not vote on it: the requester and whoever it acts or answers for. */
  set: string[];
  /** What the agent calls itself; nobody checked it. */
  unverifiedName?: string;
  entrance: Entrance;
}
