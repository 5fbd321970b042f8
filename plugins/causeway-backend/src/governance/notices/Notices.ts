import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  requestsChannel,
  type RequestState,
  type RequestsSignal,
  type RiskLevel,
} from '@causeway/backstage-plugin-causeway-common';
import { NoticeBudget, type NoticeLimits } from './NoticeBudget';
import { toNotice } from './toNotice';

/** A request that changed, as far as notices tell of it: nothing that its requester wrote. */
export interface ChangedRequest {
  id: string;
  state: RequestState;
  risk?: RiskLevel;
  /** Title of the operation. */
  operation: string;
  /** Entity reference. */
  target: string;
  /** Path in the portal. */
  link: string;
  /** When it changed: epoch milliseconds, database time. */
  at: number;
}

/** Who wants to know. */
export interface Audience {
  /** Groups and people who can decide, or who asked: they get a notification where there is one to send. */
  told: readonly string[];
  /** Who of them does not: the requester set, while it waits for others; whoever made the change. */
  except: readonly string[];
  /** Users whose queue moves: they get a signal, with the id and state only (THREATS H15). */
  watching: readonly string[];
}

/** What notices are sent through. */
export interface NoticesOptions {
  notifications: Pick<NotificationService, 'send'>;
  signals: Pick<SignalsService, 'publish'>;
  logger: Pick<LoggerService, 'warn'>;
  /** Path of the queue in the portal, for digests. */
  queueLink: string;
  limits?: NoticeLimits;
}

/** Ten in ten minutes, then one that says that there are more. */
const defaultLimits: NoticeLimits = { most: 10, window: 600_000 };

const topic = 'Causeway approvals';

/**
 * Tells people that requests changed. To be called after commit: whatever goes
 * wrong here is logged and changes nothing (DECISIONS 22).
 */
export class Notices {
  readonly #options: NoticesOptions;
  readonly #budget: NoticeBudget;
  /** Ways that failed since they last worked, so that each outage is logged once. */
  readonly #broken = new Set<string>();

  constructor(options: NoticesOptions) {
    this.#options = options;
    this.#budget = new NoticeBudget(options.limits ?? defaultLimits);
  }

  /** Never throws. */
  async requestChanged(
    request: ChangedRequest,
    audience: Audience,
  ): Promise<void> {
    await Promise.all([
      this.#signal(request, audience),
      this.#notify(request, audience),
    ]);
  }

  async #signal(
    { id, state }: ChangedRequest,
    { watching }: Audience,
  ): Promise<void> {
    const users = [...new Set(watching)].filter(ref => /^user:/.test(ref));
    if (users.length === 0) {
      return;
    }
    const message: RequestsSignal = { id, state };
    await this.#attempt('Signals', () =>
      this.#options.signals.publish({
        recipients: { type: 'user', entityRef: users },
        channel: requestsChannel,
        message,
      }),
    );
  }

  async #notify(request: ChangedRequest, audience: Audience): Promise<void> {
    const payload = toNotice(request);
    if (!payload) {
      return;
    }
    const except = new Set(audience.except);
    const direct: string[] = [];
    const digests: { recipient: string; held: number }[] = [];
    for (const recipient of new Set(audience.told)) {
      if (!except.has(recipient)) {
        const allowance = this.#budget.take(recipient, request.at);
        if (allowance === 'send') {
          direct.push(recipient);
        } else if (allowance === 'digest') {
          digests.push({ recipient, held: this.#budget.held(recipient) });
        }
      }
    }
    await this.#send(direct, except, { ...payload, scope: request.id, topic });
    for (const { recipient, held } of digests) {
      await this.#send([recipient], except, {
        title:
          held === 1
            ? 'One more request changed'
            : `${held} more requests changed, at least`,
        link: this.#options.queueLink,
        severity: 'normal',
        scope: 'digest',
        topic,
      });
    }
  }

  async #send(
    recipients: readonly string[],
    except: ReadonlySet<string>,
    payload: Parameters<NotificationService['send']>[0]['payload'],
  ): Promise<void> {
    if (recipients.length > 0) {
      await this.#attempt('Notifications', () =>
        this.#options.notifications.send({
          recipients: {
            type: 'entity',
            entityRef: [...recipients],
            excludeEntityRef: [...except],
          },
          payload,
        }),
      );
    }
  }

  async #attempt(way: string, send: () => Promise<void>): Promise<void> {
    try {
      await send();
      this.#broken.delete(way);
    } catch (error) {
      if (!this.#broken.has(way)) {
        this.#broken.add(way);
        this.#options.logger.warn(
          `${way} about requests cannot be sent; they are not until this works again: ${error}`,
        );
      }
    }
  }
}
