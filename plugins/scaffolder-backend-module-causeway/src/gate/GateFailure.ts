import { CustomErrorBase } from '@backstage/errors';

const longest = 2_000;

/** The gate said no, in its own words. */
export class GateFailure extends CustomErrorBase {
  readonly status: number;

  constructor(options: { status: number; name: string; message: string }) {
    super(options.message);
    this.name = options.name;
    this.status = options.status;
  }

  /** Whether the same call may work later. */
  get passes(): boolean {
    return this.status >= 500 || this.status === 429 || this.status === 408;
  }

  /** What the answer says, or its status where it says nothing. */
  static async fromResponse(response: Response): Promise<GateFailure> {
    const { status } = response;
    const text = await response.text().catch(() => '');
    let told: { name?: unknown; message?: unknown } = {};
    try {
      told = JSON.parse(text).error ?? {};
    } catch {
      // Something before the gate answered.
    }
    return new GateFailure({
      status,
      name: typeof told.name === 'string' ? told.name : 'GateFailure',
      message:
        typeof told.message === 'string'
          ? told.message.slice(0, longest)
          : `Causeway's gate answers with status ${status}`,
    });
  }
}
