import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AssessmentPreview,
  RequestProgress,
  RequestReceipt,
  RequestSubmission,
} from '@causeway/backstage-plugin-causeway-common';
import type { GateAccess } from '../gate/askAndFollow';
import { WaitingSlots } from '../gate/WaitingSlots';

const link = 'http://portal/approvals/r1';

/** A gate in memory: answers what a test gives it, one progress after the other. */
export class FakeGate {
  readonly asked: {
    submission: RequestSubmission;
    credentials: BackstageCredentials;
  }[] = [];
  readonly withdrawn: string[] = [];
  receipt: Partial<RequestReceipt> = {};
  /** What the looks answer; the last one stays. Errors are thrown. */
  looks: (Partial<RequestProgress> | Error)[] = [];
  assessment: Partial<AssessmentPreview['assessment']> = {};
  /** What asking and withdrawing throw. */
  submitFails?: Error;
  withdrawFails?: Error;
  onLook?: () => void;
  looked = 0;

  async assess(
    submission: RequestSubmission,
    credentials: BackstageCredentials,
  ): Promise<AssessmentPreview> {
    this.asked.push({ submission, credentials });
    return {
      assessment: {
        outcome: 'review',
        tier: 2,
        decidedBy: 'policy/decisions/scale-beyond',
        summary: '6 is twice the baseline',
        approval: { count: 2, approvers: ['group:default/payments'] },
        ...this.assessment,
      },
    } as AssessmentPreview;
  }

  async submit(
    submission: RequestSubmission,
    credentials: BackstageCredentials,
  ): Promise<RequestReceipt> {
    if (this.submitFails) {
      throw this.submitFails;
    }
    this.asked.push({ submission, credentials });
    return {
      id: 'r1',
      state: 'pending',
      tier: 2,
      summary: 'Scale',
      decidedBy: 'policy/decisions/scale-beyond',
      why: '6 is twice the baseline',
      link,
      deciders: ['group:default/payments'],
      refusals: [],
      ...this.receipt,
    };
  }

  async withdraw(id: string): Promise<void> {
    if (this.withdrawFails) {
      throw this.withdrawFails;
    }
    this.withdrawn.push(id);
  }

  async progress(): Promise<RequestProgress> {
    this.onLook?.();
    const look = this.looks[Math.min(this.looked, this.looks.length - 1)] ?? {};
    this.looked += 1;
    if (look instanceof Error) {
      throw look;
    }
    return {
      id: 'r1',
      state: 'pending',
      tier: 2,
      why: '6 is twice the baseline',
      deciders: ['group:default/payments'],
      missing: '2 people',
      link,
      ...look,
    };
  }

  /** What steps ask it with; they look again at once. */
  access(tasks = 10): GateAccess {
    return {
      gate: this,
      slots: new WaitingSlots(tasks),
      backOff: { first: 1, factor: 1, most: 1 },
    };
  }
}
