import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { PolicyDecision } from '@backstage/plugin-permission-common';

type AskConditional = PermissionsService['authorizeConditional'];

interface Question {
  requests: Parameters<AskConditional>[0];
  resolve(decisions: PolicyDecision[]): void;
  reject(error: unknown): void;
}

/**
 * Makes one call of what is asked about one caller in one go: every question
 * is a request over HTTP, and whoever asks the gate is asked about twice.
 */
export function batchPermissions(
  inner: PermissionsService,
): PermissionsService {
  const waiting = new Map<BackstageCredentials, Question[]>();
  const flush = async (credentials: BackstageCredentials) => {
    const questions = waiting.get(credentials)!;
    waiting.delete(credentials);
    try {
      const decisions = await inner.authorizeConditional(
        questions.flatMap(({ requests }) => requests),
        { credentials },
      );
      let at = 0;
      for (const { requests, resolve } of questions) {
        resolve(decisions.slice(at, at + requests.length));
        at += requests.length;
      }
    } catch (error) {
      questions.forEach(({ reject }) => reject(error));
    }
  };
  return {
    authorize: (requests, options) => inner.authorize(requests, options),
    authorizeConditional: (requests, { credentials }) =>
      new Promise((resolve, reject) => {
        const question = { requests, resolve, reject };
        const others = waiting.get(credentials);
        if (others) {
          others.push(question);
        } else {
          waiting.set(credentials, [question]);
          queueMicrotask(() => flush(credentials));
        }
      }),
  };
}
