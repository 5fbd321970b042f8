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
  #stopped = false;
  #underWay?: Promise<void>;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** The policy changed. */
  hint(): void {
    this.#policyChanged = true;
  }

  /**
   * Begins to assess again what has to be. It goes on by itself: thousands may
   * wait, each asks its source, and what is approved must not wait for them.
   */
  async look(): Promise<void> {
    if (this.#underWay || this.#stopped) {
      return;
    }
    const now = await this.#parts.now();
    const all = this.#policyChanged;
    if (!all && now - this.#lookedAt < lookAtRefused) {
      return;
    }
    this.#policyChanged = false;
    this.#lookedAt = now;
    this.#underWay = this.#pass(all)
      .catch(error => {
        this.#parts.logger.warn(
          `Waiting requests could not be looked through: ${error}`,
        );
      })
      .finally(() => {
        this.#underWay = undefined;
      });
  }

  /** Begins no other request, and waits for the one that is looked at. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#underWay;
  }

  async #pass(all: boolean): Promise<void> {
    const { database, policy, logger } = this.#parts;
    const { hash } = await policy.view();
    const due: { id: string }[] = await database('gate_requests')
      .where({ state: 'pending' })
      .modify(query =>
        all
          ? query.where(one =>
              // A replica of an older release writes none.
              one.whereNot({ policy_hash: hash }).orWhereNull('policy_hash'),
            )
          : query.where({ outcome: 'refuse' }),
      )
      .orderBy('urgency')
      .select('id');
    for (const { id } of due) {
      if (this.#stopped) {
        return;
      }
      try {
        await this.#reassess(id);
      } catch (error) {
        // Claiming assesses again in any case.
        logger.warn(`Request ${id} could not be assessed again: ${error}`);
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
