import { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { findAccess, GitHubAccess } from './access';
import { GitHubModel } from './GitHubModel';
import { rateLimitHeaders, RateLimitResource } from './RateLimits';

const DOCUMENTATION = 'https://docs.github.com/rest';

/** An error as GitHub's REST API reports it. */
export class GitHubError extends Error {
  readonly status: number;
  readonly details: object;

  constructor(status: number, message: string, details: object = {}) {
    super(message);
    this.name = 'GitHubError';
    this.status = status;
    this.details = details;
  }

  get body() {
    return {
      message: this.message,
      ...this.details,
      documentation_url: DOCUMENTATION,
      status: String(this.status),
    };
  }

  static notFound() {
    return new GitHubError(404, 'Not Found');
  }
}

/** The caller of a request; throws GitHub's 401 without one. */
export function authenticated(
  req: Request,
  known: readonly GitHubAccess[],
): GitHubAccess {
  if (!req.headers.authorization) {
    throw new GitHubError(401, 'Requires authentication');
  }
  const access = findAccess(req.headers.authorization, known);
  if (!access) {
    throw new GitHubError(401, 'Bad credentials');
  }
  return access;
}

/** Refuses a request that meets the secondary limit. */
export function meetSecondaryLimit(model: GitHubModel, res: Response): void {
  const seconds = model.rateLimits.takeSecondary();
  if (seconds !== undefined) {
    res.set('retry-after', String(seconds));
    throw new GitHubError(
      403,
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    );
  }
}

/** Charges a request and tells so in the headers; throws when nothing is left. */
export function charge(options: {
  model: GitHubModel;
  res: Response;
  access: GitHubAccess;
  resource: RateLimitResource;
  points: number;
}): void {
  const { model, res, access, resource, points } = options;
  const left = model.rateLimits.take(access.token, resource, 0).remaining;
  const state = model.rateLimits.take(access.token, resource, points);
  res.set(rateLimitHeaders(state));
  if (left < points) {
    throw new GitHubError(
      403,
      `API rate limit exceeded for user ID ${access.login}.`,
    );
  }
}

/** The entity tag of an answer's text. */
export function entityTag(body: string): string {
  return `W/"${createHash('sha256').update(body).digest('hex')}"`;
}

/** Sends an error in GitHub's form. */
export function sendGitHubError(res: Response, error: unknown): void {
  if (error instanceof GitHubError) {
    res.status(error.status).json(error.body);
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  const status =
    error instanceof Error
      ? { NotFoundError: 404, ConflictError: 409, InputError: 422 }[error.name]
      : undefined;
  res.status(status ?? 500).json(new GitHubError(status ?? 500, message).body);
}
