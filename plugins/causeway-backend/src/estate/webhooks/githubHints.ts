import { list, record, text } from '../sources/read';

/** Events of GitHub that say which partition of its organization has news. */
const partitionsOf: Record<string, readonly string[]> = {
  branch_protection_configuration: ['repositories', 'deliveries'],
  branch_protection_rule: ['repositories', 'deliveries'],
  check_run: ['repositories', 'deliveries'],
  check_suite: ['repositories', 'deliveries'],
  create: ['repositories'],
  delete: ['repositories'],
  deployment: ['deliveries'],
  deployment_protection_rule: ['deliveries'],
  deployment_status: ['deliveries'],
  member: ['repositories'],
  membership: ['teams'],
  organization: ['teams'],
  public: ['repositories'],
  push: ['repositories', 'deliveries'],
  release: ['repositories', 'deliveries'],
  repository: ['repositories', 'deliveries'],
  repository_ruleset: ['repositories', 'deliveries'],
  status: ['repositories'],
  team: ['teams'],
  team_add: ['teams'],
  workflow_run: ['repositories', 'deliveries'],
};

/** Topics of the events backend to listen to. */
export const githubTopics = Object.keys(partitionsOf).map(
  event => `github.${event}`,
);

/** Kinds of partitions that an event asks to read again. */
export function hintedKinds(topic: string): readonly string[] {
  return partitionsOf[topic.replace(/^github\./, '')] ?? [];
}

/**
 * The organization that an event is about: the one thing that is taken from
 * its payload, and only to be compared with configured ones.
 */
export function organizationOf(payload: unknown): string | undefined {
  const event = record(payload);
  const login =
    text(record(event?.organization)?.login, 100) ??
    text(record(record(event?.repository)?.owner)?.login, 100);
  return login?.toLowerCase();
}

/**
 * Why events of GitHub must not be listened to with a configuration, with what
 * to do about it; `undefined` when their signatures are checked.
 */
export function whyUnsigned(config: {
  /** Whether `events.modules.github.webhookSecret` or an app's `webhookSecret` is there. */
  secret: boolean;
  /** `events.http.topics`. */
  openTopics: unknown;
}): string | undefined {
  const open = list(config.openTopics, 1000).find(topic =>
    topic === 'github'
      ? !config.secret
      : typeof topic === 'string' && topic.startsWith('github.'),
  );
  if (open !== undefined) {
    return `events.http.topics takes ${open} from anybody, without a signature: remove it there and set events.modules.github.webhookSecret instead; until then GitHub is read on its schedule only`;
  }
  return config.secret ? undefined : 'not configured';
}
