import type { LoggerService } from '@backstage/backend-plugin-api';
import type { RequestEventType } from '@causeway/backstage-plugin-causeway-common';
import type { Announcer } from '../ports';
import type { StoredRequest } from '../requests/StoredRequest';
import type { Membership } from '../votes/Membership';
import type { Notices } from './Notices';

/** Events after which those who decide are told: it waits for them. */
const waits: readonly RequestEventType[] = [
  'Assessed',
  'Submitted',
  'ReturnedToPending',
  'Escalated',
  'HandedOver',
  'OutcomeUnknown',
];

/**
 * Events after which it waits for nobody any more: those who were told that it
 * does are told that it does not, in the place of what they were told.
 */
const settles: readonly RequestEventType[] = [
  'Approved',
  'Denied',
  'Withdrawn',
  'Expired',
  'Refused',
  'Reconciled',
  'ExecutionComplete',
];

/** Finds out who wants to know of a change, and tells them. */
export class NoticeAnnouncer implements Announcer {
  readonly #notices: Pick<Notices, 'requestChanged'>;
  readonly #membership: Pick<Membership, 'members'>;
  readonly #reconcilers: readonly string[];
  readonly #logger: LoggerService;
  readonly #told = new Set<Promise<void>>();

  constructor(options: {
    notices: Pick<Notices, 'requestChanged'>;
    membership: Pick<Membership, 'members'>;
    reconcilers: readonly string[];
    logger: LoggerService;
  }) {
    this.#notices = options.notices;
    this.#membership = options.membership;
    this.#reconcilers = options.reconcilers;
    this.#logger = options.logger;
  }

  changed(request: StoredRequest, event: RequestEventType): void {
    const telling = this.#tell(request, event)
      .catch(error => {
        this.#logger.warn(`Nobody was told of request ${request.id}: ${error}`);
      })
      .finally(() => this.#told.delete(telling));
    this.#told.add(telling);
  }

  /** Waits for what is being told. */
  async settle(): Promise<void> {
    await Promise.all(this.#told);
  }

  #toldOf(
    { assessment }: StoredRequest,
    event: RequestEventType,
    groups: readonly string[],
    asked: readonly string[],
  ): readonly string[] {
    if (waits.includes(event)) {
      return groups;
    }
    // What policy let run by itself never waited for anybody.
    return settles.includes(event) && assessment.outcome !== 'run'
      ? [...groups, ...asked]
      : asked;
  }

  async #tell(request: StoredRequest, event: RequestEventType): Promise<void> {
    const { id, state, operation, target, requester, deciders } = request;
    const { assessment } = request;
    const groups =
      state === 'unknown' || event === 'Reconciled'
        ? this.#reconcilers
        : deciders;
    const watchers = await this.#membership.members(groups);
    const asked = requester.set.filter(ref => ref.startsWith('user:'));
    await this.#notices.requestChanged(
      {
        id,
        state,
        risk: assessment.risk.level,
        operation: operation.title,
        target: target.entityRef,
        link: `/approvals/${id}`,
        at: request.updatedAt,
      },
      {
        told: this.#toldOf(request, event, groups, asked),
        except: waits.includes(event) ? requester.set : [],
        watching: [...watchers.map(({ ref }) => ref), ...asked],
      },
    );
  }
}
