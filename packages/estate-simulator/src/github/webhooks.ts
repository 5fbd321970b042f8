import { createHmac, randomUUID } from 'node:crypto';
import type { GitHubEvent, GitHubModel } from './GitHubModel';

// GitHub waits so long for an answer.
const TIMEOUT_MS = 10_000;

/** Where an organization's webhooks go, and what they are signed with. */
export interface WebhookTarget {
  url: string;
  secret: string;
}

/** The body and headers of a delivery, as GitHub sends them. */
export function webhookRequest(
  event: GitHubEvent,
  secret: string,
): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify(event.payload);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/simulated',
      'x-github-event': event.name,
      'x-github-delivery': randomUUID(),
      'x-github-hook-installation-target-type': 'organization',
      'x-hub-signature-256': `sha256=${signature}`,
    },
  };
}

/**
 * Sends an organization's events to a target until told to stop. As with
 * GitHub, one that is not taken is lost.
 */
export function sendWebhooks(
  model: GitHubModel,
  target: WebhookTarget,
): () => void {
  return model.onEvent(event => {
    void fetch(target.url, {
      method: 'POST',
      ...webhookRequest(event, target.secret),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
      .then(response => response.arrayBuffer())
      .catch(() => {});
  });
}
