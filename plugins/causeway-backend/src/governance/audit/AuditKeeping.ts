import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { AuditWriter } from '../ports';
import { anchorPoll, Anchoring } from './anchors/Anchoring';
import type { AnchorSettings } from './anchors/AnchorSettings';
import { eraseOldTexts } from './erasure/eraseOldTexts';
import { LeasedRounds } from './LeasedRounds';

/** Milliseconds between two looks for texts that are kept no longer. */
const retentionEvery = 60 * 60_000;

/** What is done for the trail beside writing it: it is anchored, and old texts are erased. */
export class AuditKeeping {
  readonly #rounds: readonly LeasedRounds[];
  readonly #anchors?: AnchorSettings;
  readonly #logger: LoggerService;

  constructor(options: {
    database: Knex;
    /** Puts erasures on record. */
    audit: AuditWriter;
    logger: LoggerService;
    /** Absent where nothing anchors the trail. */
    anchors?: AnchorSettings;
    /** Milliseconds; absent where texts are kept for good. */
    textsKeptFor?: number;
  }) {
    const { database, audit, logger, anchors, textsKeptFor } = options;
    this.#anchors = anchors;
    this.#logger = logger;
    const rounds: LeasedRounds[] = [];
    if (anchors) {
      const anchoring = new Anchoring({ database, settings: anchors, logger });
      rounds.push(
        new LeasedRounds({
          database,
          name: 'anchors',
          every: anchorPoll,
          work: signal => anchoring.look(signal),
          logger,
        }),
      );
    }
    if (textsKeptFor !== undefined) {
      rounds.push(
        new LeasedRounds({
          database,
          name: 'retention',
          every: retentionEvery,
          logger,
          async work(signal) {
            const { texts, entries } = await eraseOldTexts({
              database,
              audit,
              keptFor: textsKeptFor,
              signal,
            });
            if (texts > 0) {
              logger.info(
                `${texts} texts of ${entries} entries of the audit trail were kept long enough, and are erased`,
              );
            }
          },
        }),
      );
    }
    this.#rounds = rounds;
  }

  start(): void {
    this.#anchors?.warnings.forEach(warning => this.#logger.warn(warning));
    if (!this.#anchors) {
      this.#logger.info(
        'Nothing outside of the database vouches for the audit trail: causeway.gate.audit.anchors names no key that signs where it ends',
      );
    }
    this.#rounds.forEach(rounds => rounds.start());
  }

  async stop(): Promise<void> {
    await Promise.all(this.#rounds.map(rounds => rounds.stop()));
  }
}
