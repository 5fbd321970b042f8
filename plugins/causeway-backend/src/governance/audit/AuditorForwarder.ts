import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { NewAuditEntry } from './NewAuditEntry';

/** Details that say what state something is in; everything else stays in the trail. */
const toldDetails = [
  'decision',
  'operation',
  'outcome',
  'scope',
  'state',
  'tier',
] as const;

/** Longer texts are none of the short words that are told. */
const maxText = 128;

const severities: Record<string, 'low' | 'medium' | 'high' | 'critical'> = {
  feedback: 'low',
  request: 'medium',
  vote: 'medium',
  execution: 'medium',
  policy: 'high',
  halt: 'high',
  audit: 'high',
};

/**
 * Tells Backstage's auditor of entries that were committed: ids, types, who
 * and states, and nothing that people wrote. The trail is what counts: an
 * auditor that fails stops nothing.
 */
export class AuditorForwarder {
  readonly #auditor: AuditorService;

  readonly #logger: LoggerService;

  constructor(options: { auditor: AuditorService; logger: LoggerService }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /** To be called after the transaction of the entries was committed. */
  async forward(entries: readonly NewAuditEntry[]): Promise<void> {
    for (const entry of entries) {
      try {
        const event = await this.#auditor.createEvent({
          eventId: `gate-${entry.type}`,
          severityLevel: severities[entry.type] ?? 'medium',
          meta: toMeta(entry),
        });
        await event.success();
      } catch (error) {
        this.#logger.warn(
          `Backstage's auditor did not take ${entry.type} ${entry.action}; the audit trail has it`,
          { error: error instanceof Error ? error.name : 'unknown' },
        );
      }
    }
  }
}

function toMeta(entry: NewAuditEntry): JsonObject {
  const { type, action, by, requestId, subject, detail } = entry;
  return {
    type,
    action,
    by,
    ...(requestId !== undefined && { requestId }),
    ...(subject !== undefined && { subject }),
    ...Object.fromEntries(
      toldDetails
        .map(name => [name, detail[name]] as const)
        .filter(([, value]) => isWord(value)),
    ),
  };
}

function isWord(value: JsonValue | undefined): boolean {
  return typeof value === 'string'
    ? value.length <= maxText
    : typeof value === 'number' || typeof value === 'boolean';
}
