import type { RequestEventType } from '@causeway/backstage-plugin-causeway-common';
import type { Announcer } from '../ports';
import type { StoredRequest } from '../requests/StoredRequest';
import { isFinal } from '../requests/transitions';
import type { GateAttributes, GateTelemetry } from './GateTelemetry';

/** Events that stand for a vote, and which. */
const votes: Partial<
  Record<RequestEventType, NonNullable<GateAttributes['decision']>>
> = {
  VoteCast: 'approve',
  Approved: 'approve',
  Denied: 'deny',
  VoteWithdrawn: 'withdraw',
};

/** Events that may end an execution. */
const outcomes: readonly RequestEventType[] = [
  'Verified',
  'VerificationFailed',
  'ExecutionFailed',
  'OutcomeUnknown',
  'RolledBack',
  'RollbackSkipped',
];

/** Measures every change of a request, and has it announced. */
export class MeasuringAnnouncer implements Announcer {
  readonly #telemetry: Pick<
    GateTelemetry,
    'requested' | 'voted' | 'decided' | 'executed'
  >;
  readonly #next: Announcer;

  constructor(
    telemetry: Pick<
      GateTelemetry,
      'requested' | 'voted' | 'decided' | 'executed'
    >,
    next: Announcer,
  ) {
    this.#telemetry = telemetry;
    this.#next = next;
  }

  changed(request: StoredRequest, event: RequestEventType): void {
    this.#measure(request, event);
    this.#next.changed(request, event);
  }

  #measure(request: StoredRequest, event: RequestEventType): void {
    const { state, assessment, createdAt, updatedAt, approvedAt } = request;
    const operation = request.operation.name;
    if (request.revision === 1) {
      const { outcome, tier } = assessment;
      this.#telemetry.requested({ outcome, tier, operation });
      return;
    }
    const decision = votes[event];
    if (decision) {
      this.#telemetry.voted({ decision, presence: 'unattested' });
    }
    if (event === 'Approved' || event === 'Denied') {
      this.#telemetry.decided(updatedAt - createdAt, { state, operation });
    }
    if (
      outcomes.includes(event) &&
      (isFinal(state) || state === 'unknown') &&
      approvedAt !== undefined
    ) {
      this.#telemetry.executed(updatedAt - approvedAt, {
        outcome: state,
        operation,
      });
    }
  }
}
