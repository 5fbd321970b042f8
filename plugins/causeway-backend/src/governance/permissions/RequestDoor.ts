import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  gateRequestFeedbackPermission,
  gateRequestReadPermission,
  gateRequestReconcilePermission,
  gateRequestVotePermission,
  gateRequestWithdrawPermission,
  type GateRequest,
} from '@causeway/backstage-plugin-causeway-common';
import { RequestSight, type SightSources } from '../access/RequestSight';
import type { Gate } from '../Gate';
import type { Call } from '../principals/Call';
import { narrowChoices } from './narrowChoices';
import { lacking, noSuchRequest } from './refusals';
import type { RequestAccess, RequestPermissions } from './RequestPermissions';
import { requireAsker, requirePerson } from './requireWriter';

/** What a change of one request takes. */
export interface Change {
  what: string;
  permission: ResourcePermission;
  /** Whether agents and subjects may make it, too. */
  byAgents?: boolean;
}

/** What one request is to a caller. */
interface Reach {
  sight: RequestSight;
  read: RequestAccess;
  may: ReadonlyMap<ResourcePermission, boolean>;
}

/** Permissions that decide about one request, in the order in which they are asked. */
const permissionsOfRequest = [
  gateRequestReadPermission,
  gateRequestVotePermission,
  gateRequestWithdrawPermission,
  gateRequestReconcilePermission,
  gateRequestFeedbackPermission,
] as const;

/** The way to one request: what is missing and what may not be seen look alike on it. */
export class RequestDoor {
  readonly #gate: Pick<Gate, 'get' | 'attributes'>;
  readonly #permissions: RequestPermissions;
  readonly #sight: SightSources;
  readonly #readOnly?: string;

  constructor(options: {
    gate: Pick<Gate, 'get' | 'attributes'>;
    permissions: RequestPermissions;
    sight: SightSources;
    /** Why nothing can be changed. */
    readOnly?: string;
  }) {
    this.#gate = options.gate;
    this.#permissions = options.permissions;
    this.#sight = options.sight;
    this.#readOnly = options.readOnly;
  }

  /** @throws NotFoundError for a request that is not there, and for one that the caller may not see */
  async read(id: string, call: Call): Promise<GateRequest> {
    const reach = await this.#reach(id, call);
    return this.#show(await this.#get(id, call, reach), call, reach);
  }

  /**
   * Changes a request that the caller sees.
   *
   * @throws NotAllowedError for those who are not people, without the permission, and where nothing is written
   */
  async change(
    id: string,
    call: Call,
    { what, permission, byAgents = false }: Change,
    change: () => Promise<GateRequest>,
  ): Promise<GateRequest> {
    if (byAgents) {
      requireAsker(call.caller);
    } else {
      requirePerson(call.caller, what);
    }
    if (this.#readOnly !== undefined) {
      throw new NotAllowedError(this.#readOnly);
    }
    const reach = await this.#reach(id, call);
    if (!(await reach.sight.seesAll())) {
      await this.#get(id, call, reach);
    }
    if (!reach.may.get(permission)) {
      throw lacking(what, permission);
    }
    return this.#show(await change(), call, reach);
  }

  async #reach(id: string, { credentials }: Call): Promise<Reach> {
    const [accesses, [attributes]] = await Promise.all([
      this.#permissions.access(permissionsOfRequest, credentials),
      this.#gate.attributes([id]),
    ]);
    const [read] = accesses;
    if (!read.holds(attributes)) {
      throw noSuchRequest(id);
    }
    return {
      read,
      sight: new RequestSight(this.#sight, credentials),
      may: new Map(
        permissionsOfRequest.map((permission, at) => [
          permission,
          accesses[at].holds(attributes),
        ]),
      ),
    };
  }

  async #get(
    id: string,
    { caller }: Call,
    { read, sight }: Reach,
  ): Promise<GateRequest> {
    let request: GateRequest;
    try {
      request = await this.#gate.get(id, caller, read.filter);
    } catch (error) {
      throw error instanceof NotFoundError ? noSuchRequest(id) : error;
    }
    if (!(await sight.sees(request.target.entityRef))) {
      throw noSuchRequest(id);
    }
    return request;
  }

  /** A request as this caller is told of it. */
  async #show(
    request: GateRequest,
    { caller }: Call,
    { read, sight, may }: Reach,
  ): Promise<GateRequest> {
    const [blastRadius, failures] = await Promise.all([
      sight.blastRadius(request.target.entityRef, request.blastRadius),
      this.#gate.attributes(request.recentFailures.map(({ id }) => id)),
    ]);
    const without = (permission: ResourcePermission) =>
      may.get(permission) ? undefined : permission.name;
    return {
      ...request,
      blastRadius,
      recentFailures: request.recentFailures.filter((_, at) =>
        read.holds(failures[at]),
      ),
      choices:
        request.choices &&
        narrowChoices(request.choices, {
          caller,
          readOnly: this.#readOnly,
          lacking: {
            vote: without(gateRequestVotePermission),
            withdrawVote: without(gateRequestVotePermission),
            withdraw: without(gateRequestWithdrawPermission),
            reconcile: without(gateRequestReconcilePermission),
            complete: without(gateRequestReconcilePermission),
            feedback: without(gateRequestFeedbackPermission),
          },
        }),
    };
  }
}
