import { InputError } from '@backstage/errors';
import type { AdmissionRefusal } from './judgeAdmission';

/** Whoever asks has to wait or stop; 429 over HTTP. */
export class AdmissionRefused extends InputError {
  readonly statusCode = 429;
  readonly refusal: AdmissionRefusal;

  constructor(refusal: AdmissionRefusal) {
    super(`${refusal.reason}. ${refusal.hint}`);
    this.refusal = refusal;
  }

  /** Seconds after which it is worth trying again. */
  get retryAfter(): number | undefined {
    const { retryAfter } = this.refusal;
    return retryAfter === undefined ? undefined : Math.ceil(retryAfter / 1000);
  }
}
