/** A service subject that may ask (DECISIONS 1): everything else with a static token only reads. */
export interface SubjectConfig {
  /** The `subject` of its static token in `backend.auth.externalAccess`. */
  subject: string;
  /** Its name in requests, `subject:<name>`. */
  name: string;
  operations: readonly string[];
  environments: readonly string[];
  /** Group or user that answers for it; nobody of it votes on what it asks. */
  accountable: string;
}

/** An agent that the platform knows: what it may ask for is narrowed to what stands here. */
export interface AgentConfig {
  /** Of rate limits and records: `subject:scaler`, `user:default/ada via plugin:mcp-actions`. */
  key: string;
  accountable: string;
  operations: readonly string[];
  environments: readonly string[];
}

/** The gate's configuration, as far as it decides who gets through which door. */
export interface GateConfig {
  /** Groups whose members may search, verify and export the audit trail, besides the permission. */
  auditors: readonly string[];
  /** Groups whose members may erase texts beside the audit trail. */
  erasers: readonly string[];
  /** Groups whose members may halt and resume. */
  halters: readonly string[];
  /** Groups whose members may reconcile, and say that manual tasks are done. */
  reconcilers: readonly string[];
  /** Patterns of locations whose Users and Groups count, besides `catalog.locations` and the estate's own sources (THREATS C2). */
  peopleFrom: readonly string[];
  subjects: readonly SubjectConfig[];
  agents: readonly AgentConfig[];
  /** Operations of other plugins that may run without people where policy says so (THREATS M12). */
  trustedOperations: readonly string[];
  /** Operations that have a registry action of their own. */
  actions: readonly string[];
}
