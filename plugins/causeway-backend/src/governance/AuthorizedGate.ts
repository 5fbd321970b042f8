import { NotAllowedError } from '@backstage/errors';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  gateAuditErasePermission,
  gateAuditReadPermission,
  gateHaltPermission,
  gatePolicyReadPermission,
  gateRequestCreatePermission,
  gateRequestFeedbackPermission,
  gateRequestReadPermission,
  gateRequestReconcilePermission,
  gateRequestVotePermission,
  gateRequestWithdrawPermission,
  type AssessmentPreview,
  type AuditErasure,
  type Feedback,
  type GateRequest,
  type GateStatus,
  type Halt,
  type OperationDescription,
  type PolicyView,
  type RequestPage,
  type RequestProgress,
  type RequestQuery,
  type RequestReceipt,
  type RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import { RequestSight, type SightSources } from './access/RequestSight';
import type { AuditTrail } from './audit/AuditTrail';
import type { AgentConfig } from './config/GateConfig';
import type { Ballot, Gate, MayAsk, Reconciliation } from './Gate';
import { narrowGateChoices } from './permissions/narrowChoices';
import { requireInScope } from './permissions/requireInScope';
import { lacking, noSuchRequest } from './permissions/refusals';
import { RequestDoor } from './permissions/RequestDoor';
import type {
  RequestAccess,
  RequestPermissions,
} from './permissions/RequestPermissions';
import {
  readOnlyReason,
  requireAsker,
  requirePerson,
  requireReader,
  type PermissionsOff,
} from './permissions/requireWriter';
import type { Call } from './principals/Call';
import { readsProgressOnly } from './principals/progressOnly';
import { toProgress } from './requests/toProgress';

/** What stands before the gate. */
export interface AuthorizedGateOptions {
  gate: Gate;
  audit: AuditTrail;
  permissions: RequestPermissions;
  sight: SightSources;
  agents: readonly AgentConfig[];
  /** Absent where permissions are on. */
  permissionsOff?: PermissionsOff;
}

/**
 * The gate behind Backstage's permissions, checked with the caller's own
 * credentials: necessary, never sufficient (DESIGN section 4, invariant 7). It
 * tells callers only of what they may read, and lets only people do what is for
 * people; everything else the gate holds against them by itself.
 */
export class AuthorizedGate {
  readonly #gate: Gate;
  readonly #audit: AuditTrail;
  readonly #permissions: RequestPermissions;
  readonly #sight: SightSources;
  readonly #agents: readonly AgentConfig[];
  readonly #readOnly?: string;
  readonly #door: RequestDoor;

  constructor(options: AuthorizedGateOptions) {
    this.#gate = options.gate;
    this.#audit = options.audit;
    this.#permissions = options.permissions;
    this.#sight = options.sight;
    this.#agents = options.agents;
    this.#readOnly =
      options.permissionsOff === 'read-only' ? readOnlyReason : undefined;
    this.#door = new RequestDoor({ ...options, readOnly: this.#readOnly });
  }

  /** Operations; those for a type, or for a target that the caller may read, where one is named. */
  async operations(
    call: Call,
    { type, target }: { type?: string; target?: string } = {},
  ): Promise<OperationDescription[]> {
    await this.#require(gatePolicyReadPermission, 'Seeing operations', call);
    const types = [
      ...(type === undefined ? [] : [type]),
      ...(target === undefined
        ? []
        : [await this.#sightOf(call).typeOf(target)]),
    ];
    return this.#gate
      .operations()
      .filter(({ targetTypes }) =>
        types.every(one => one !== undefined && targetTypes.includes(one)),
      );
  }

  async assess(
    submission: RequestSubmission,
    call: Call,
  ): Promise<AssessmentPreview> {
    const { mayAsk, sight } = await this.#asking(submission, call);
    const preview = await this.#gate.assess(submission, call.caller, mayAsk);
    return {
      ...preview,
      blastRadius: await sight.blastRadius(
        preview.target.entityRef,
        preview.blastRadius,
      ),
    };
  }

  async submit(
    submission: RequestSubmission,
    call: Call,
  ): Promise<RequestReceipt> {
    requireAsker(call.caller);
    this.#requireWritable();
    const { mayAsk } = await this.#asking(submission, call);
    return this.#gate.submit(submission, call.caller, mayAsk);
  }

  async list(query: RequestQuery, call: Call): Promise<RequestPage> {
    requireReader(call.caller);
    const sight = this.#sightOf(call);
    const [[read], seesAll] = await Promise.all([
      this.#permissions.access([gateRequestReadPermission], call.credentials),
      sight.seesAll(),
    ]);
    if (read.none) {
      throw lacking('Seeing requests', gateRequestReadPermission);
    }
    return this.#list(query, call, {
      read,
      sight: seesAll ? undefined : sight,
    });
  }

  async get(id: string, call: Call): Promise<GateRequest> {
    requireReader(call.caller);
    return this.#door.read(id, call);
  }

  /**
   * How far a request is, for who may read it; and for the scaffolder, where a
   * template asked.
   *
   * @throws NotFoundError for a request that is not there, and for one that the caller may not see
   */
  async progress(id: string, call: Call): Promise<RequestProgress> {
    const request = await this.#door.read(id, call);
    if (
      readsProgressOnly(call.caller.principal) &&
      request.requester.entrance !== 'template'
    ) {
      throw noSuchRequest(id);
    }
    return toProgress(request);
  }

  async vote(id: string, ballot: Ballot, call: Call): Promise<GateRequest> {
    return this.#door.change(
      id,
      call,
      { what: 'Voting', permission: gateRequestVotePermission },
      () => this.#gate.vote(id, ballot, call.caller),
    );
  }

  async withdrawVote(id: string, call: Call): Promise<GateRequest> {
    return this.#door.change(
      id,
      call,
      { what: 'Taking a vote back', permission: gateRequestVotePermission },
      () => this.#gate.withdrawVote(id, call.caller),
    );
  }

  async withdraw(
    id: string,
    comment: string | undefined,
    call: Call,
  ): Promise<GateRequest> {
    return this.#door.change(
      id,
      call,
      {
        what: 'Withdrawing a request',
        permission: gateRequestWithdrawPermission,
        byAgents: true,
      },
      () => this.#gate.withdraw(id, comment, call.caller),
    );
  }

  async reconcile(
    id: string,
    reconciliation: Reconciliation,
    call: Call,
  ): Promise<GateRequest> {
    return this.#door.change(
      id,
      call,
      { what: 'Reconciling', permission: gateRequestReconcilePermission },
      () => this.#gate.reconcile(id, reconciliation, call.caller),
    );
  }

  async complete(
    id: string,
    comment: string | undefined,
    call: Call,
  ): Promise<GateRequest> {
    return this.#door.change(
      id,
      call,
      {
        what: 'Saying that a manual task is done',
        permission: gateRequestReconcilePermission,
      },
      () => this.#gate.complete(id, comment, call.caller),
    );
  }

  async giveFeedback(
    id: string,
    feedback: Pick<Feedback, 'verdict' | 'comment'>,
    call: Call,
  ): Promise<GateRequest> {
    return this.#door.change(
      id,
      call,
      { what: 'Giving feedback', permission: gateRequestFeedbackPermission },
      () => this.#gate.giveFeedback(id, feedback, call.caller),
    );
  }

  async policy(call: Call): Promise<PolicyView> {
    await this.#require(gatePolicyReadPermission, 'Seeing the policy', call);
    return this.#gate.policy();
  }

  async status(call: Call): Promise<GateStatus> {
    await this.#require(gatePolicyReadPermission, 'Seeing the gate', call);
    const sight = this.#sightOf(call);
    const [[read], seesAll, halting, auditing] = await Promise.all([
      this.#permissions.access([gateRequestReadPermission], call.credentials),
      sight.seesAll(),
      this.#permissions.has(gateHaltPermission, call.credentials),
      this.#permissions.has(gateAuditReadPermission, call.credentials),
    ]);
    const status = await this.#gate.status(call.caller, read.filter);
    const count = async (query: RequestQuery) =>
      (await this.#list({ ...query, limit: 1 }, call, { read, sight })).total;
    const counts = seesAll
      ? undefined
      : {
          pending: await count({ state: ['pending'] }),
          mine: await count({ mine: true }),
        };
    return {
      ...status,
      ...counts,
      choices: narrowGateChoices(status.choices, {
        caller: call.caller,
        readOnly: this.#readOnly,
        lacking: {
          halt: halting ? undefined : gateHaltPermission.name,
          readAudit: auditing ? undefined : gateAuditReadPermission.name,
        },
      }),
      ...(this.#readOnly !== undefined && { open: false, why: this.#readOnly }),
    };
  }

  async halt(
    halt: Pick<Halt, 'scope' | 'reason'>,
    call: Call,
  ): Promise<Halt[]> {
    await this.#requireHalter(call);
    return this.#gate.halt(halt, call.caller);
  }

  async resume(scope: string, reason: string, call: Call): Promise<Halt[]> {
    await this.#requireHalter(call);
    return this.#gate.resume(scope, reason, call.caller);
  }

  /** The audit trail, for those who may read it. */
  async audit(call: Call): Promise<AuditTrail> {
    requirePerson(call.caller, 'Reading the audit trail');
    await this.#require(gateAuditReadPermission, 'The audit trail', call);
    await this.#gate.requireAuditor(call.caller);
    return this.#audit;
  }

  /** Erases texts beside the trail, for those who may. */
  async eraseAudit(
    erasure: AuditErasure,
    call: Call,
  ): Promise<{ texts: number; entries: number }> {
    requirePerson(call.caller, 'Erasing texts of the audit trail');
    this.#requireWritable();
    await this.#require(gateAuditErasePermission, 'Erasing texts', call);
    await this.#gate.requireEraser(call.caller);
    return this.#audit.erase(erasure, call.caller.principal.ref);
  }

  #sightOf(call: Call): RequestSight {
    return new RequestSight(this.#sight, call.credentials);
  }

  /**
   * A list as its caller may see it. Which entities somebody may read is the
   * catalog's to say and no column of ours: it is asked about what the list is
   * about, and what it leaves goes into SQL, so that page, total and cursor are
   * those of a world in which nothing else exists (THREATS H15).
   */
  async #list(
    query: RequestQuery,
    { caller }: Call,
    { read, sight }: { read: RequestAccess; sight: RequestSight | undefined },
  ): Promise<RequestPage> {
    if (!sight) {
      return this.#gate.list(query, caller, read.filter);
    }
    const { cursor: _cursor, limit: _limit, ...all } = query;
    const targets = await this.#gate.targets(all, caller, read.filter);
    return this.#gate.list(
      query,
      caller,
      read.filter,
      await sight.readable(targets),
    );
  }

  async #require(
    permission: BasicPermission,
    what: string,
    { credentials }: Call,
  ): Promise<void> {
    if (!(await this.#permissions.has(permission, credentials))) {
      throw lacking(what, permission);
    }
  }

  #requireWritable(): void {
    if (this.#readOnly !== undefined) {
      throw new NotAllowedError(this.#readOnly);
    }
  }

  async #requireHalter(call: Call): Promise<void> {
    requirePerson(call.caller, 'Halting and resuming');
    this.#requireWritable();
    await this.#require(gateHaltPermission, 'Halting and resuming', call);
  }

  /** What it takes to ask about a target: to be let ask at all, and to see it. */
  async #asking({ target }: RequestSubmission, call: Call) {
    const { caller, credentials } = call;
    requireAsker(caller);
    const sight = this.#sightOf(call);
    // Both in one question to the permission backend.
    const [[create]] = await Promise.all([
      this.#permissions.access([gateRequestCreatePermission], credentials),
      sight.seesAll(),
    ]);
    if (create.none) {
      throw lacking('Asking', gateRequestCreatePermission);
    }
    await sight.requireTarget(target);
    const mayAsk: MayAsk = async attributes => {
      requireInScope(caller.principal, attributes, this.#agents);
      return create.holds(attributes);
    };
    return { mayAsk, sight };
  }
}
