import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { EventsService } from '@backstage/plugin-events-node';
import {
  githubTopics,
  hintedKinds,
  organizationOf,
  whyUnsigned,
} from './githubHints';

/**
 * Takes webhooks of GitHub as hints to read again. What they say is not
 * believed and nothing of it is fetched: a forged one costs a list at most.
 * Without a secret to check signatures with nothing is listened to.
 */
export async function subscribeToGithub(options: {
  events: Pick<EventsService, 'subscribe'>;
  config: Config;
  logger: LoggerService;
  /** Unique among replicas: whoever holds the partition has to hear it. */
  owner: string;
  /** Configured organizations with the ids of their sources. */
  organizations: readonly { id: string; organization: string }[];
  /** Asks to read partitions of a source again soon. */
  hint: (source: string, kinds: readonly string[]) => void;
}): Promise<void> {
  const { events, config, logger, owner, hint } = options;
  const sources = new Map<string, string[]>();
  for (const { id, organization } of options.organizations) {
    const key = organization.toLowerCase();
    sources.set(key, [...(sources.get(key) ?? []), id]);
  }
  if (sources.size === 0) {
    return;
  }
  const secret = hasSecret(config);
  const reason = whyUnsigned({
    secret,
    openTopics: config.getOptional('events.http.topics'),
  });
  if (reason) {
    if (reason !== 'not configured') {
      logger.error(`Estate: ${reason}`);
    }
    return;
  }
  await events.subscribe({
    id: `causeway-estate-github-${owner}`,
    topics: githubTopics,
    onEvent: async ({ topic, eventPayload }) => {
      const organization = organizationOf(eventPayload);
      for (const id of sources.get(organization ?? '') ?? []) {
        hint(id, hintedKinds(topic));
      }
    },
  });
}

/** As the events backend's module for GitHub looks for it. */
function hasSecret(config: Config): boolean {
  if (config.getOptionalString('events.modules.github.webhookSecret')) {
    return true;
  }
  return (config.getOptionalConfigArray('integrations.github') ?? []).some(
    integration =>
      (integration.getOptionalConfigArray('apps') ?? []).some(
        app => app.has('webhookSecret') && app.getString('webhookSecret'),
      ),
  );
}
