import { InputError } from '@backstage/errors';
import type { AdmissionRefusal } from './judgeAdmission';

/**
 * Whoever asks has to wait or stop: 429 over HTTP, 503 where a person has to
 * resume it, as where everything is halted. An InputError by name, since the
 * action registry and MCP hand on the words of errors that they know.
 */
export class AdmissionRefused extends InputError {
  readonly statusCode: 429 | 503;
  readonly refusal: AdmissionRefusal;

  constructor(refusal: AdmissionRefusal) {
    super(`${refusal.reason}. ${refusal.hint}`);
    this.refusal = refusal;
    this.statusCode = refusal.code === 'halted' ? 503 : 429;
  }

  /** Seconds after which it is worth trying again. */
  get retryAfter(): number | undefined {
    const { retryAfter } = this.refusal;
    return retryAfter === undefined ? undefined : Math.ceil(retryAfter / 1000);
  }
}
