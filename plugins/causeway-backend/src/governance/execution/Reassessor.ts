import type { GateParts } from '../requests/GateParts';
import { sendBack } from './claimRequest';
import { reexamine } from './reexamine';

/** Milliseconds between looks at requests that cannot be approved for now, such as in a freeze. */
const lookAtRefused = 30_000;

/**
 * Assesses waiting requests again after the policy changed: what is no
 * stricter keeps its votes, what is stricter gets a new digest and loses them
 * (DECISIONS 17).
 */
export class Reassessor {
  readonly #parts: GateParts;
  #policyChanged = false;
  #lookedAt = 0;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** The policy changed. */
  hint(): void {
    this.#policyChanged = true;
  }

  async look(): Promise<void> {
    const { database, policy, now: readNow, logger } = this.#parts;
    const now = await readNow();
    const all = this.#policyChanged;
    if (!all && now - this.#lookedAt < lookAtRefused) {
      return;
    }
    this.#policyChanged = false;
    this.#lookedAt = now;
    const { hash } = await policy.view();
    const rows: { id: string; document: string }[] = await database(
      'gate_requests',
    )
      .where({ state: 'pending' })
      .select('id', 'document');
    for (const { id, document } of rows) {
      const { assessment } = JSON.parse(document);
      const due = all
        ? assessment.policyHash !== hash
        : assessment.outcome === 'refuse';
      if (due) {
        try {
          await this.#reassess(id);
        } catch (error) {
          // Claiming assesses again in any case.
          logger.warn(`Request ${id} could not be assessed again: ${error}`);
        }
      }
    }
  }

  async #reassess(id: string): Promise<void> {
    const { store, database, journal, announcer, now: readNow } = this.#parts;
    const { request: seen } = await store.read(id);
    if (seen.state !== 'pending') {
      return;
    }
    const now = await readNow();
    const examined = await reexamine(this.#parts, seen, now);
    if (examined.verdict === 'refused') {
      return;
    }
    const saved = await database.transaction(async trx => {
      const locked = await store.lock(trx, id);
      if (locked.request.revision !== seen.revision) {
        return undefined;
      }
      if (examined.verdict === 'changed') {
        return (await sendBack(this.#parts, trx, locked, { ...examined, now }))
          .request;
      }
      return journal.write(
        trx,
        locked,
        {
          ...locked.request,
          assessment: { ...examined.assessment, approval: seen.approval },
          stateReason: examined.assessment.summary,
          updatedAt: now,
        },
        {
          events: [
            {
              type: 'Assessed',
              by: 'gate',
              message: `Assessed again, no stricter: ${examined.assessment.summary}`,
            },
          ],
        },
      );
    });
    if (saved) {
      announcer.changed(saved, 'Assessed');
    }
  }
}
