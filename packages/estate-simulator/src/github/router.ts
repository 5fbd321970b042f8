import express, { Request, Response, Router } from 'express';
import { findAccess, GitHubAccess } from './access';
import { executeQuery } from './executeQuery';
import { GitHubModel } from './GitHubModel';
import {
  authenticated,
  GitHubError,
  meetSecondaryLimit,
  sendGitHubError,
} from './http';
import { maySee } from './nodes/GraphContext';
import { rateLimitHeaders } from './RateLimits';
import { fileText, splitRef } from './rest/contents';
import { avatar } from './avatar';
import { createRestApi } from './restRouter';

/** Options of {@link createGitHubApi} and {@link createRawFiles}. */
export interface GitHubApiOptions {
  model: GitHubModel;
  /** Looked at on every request: a token taken out is refused from then on. */
  accesses: readonly GitHubAccess[];
}

/** GitHub's APIs under the paths of GitHub Enterprise Server, and raw files. */
export function createGitHubApi(options: GitHubApiOptions): Router {
  const { model, accesses } = options;
  const router = Router();
  router.post(
    '/api/graphql',
    express.json({ limit: '1mb' }),
    async (req, res) => {
      try {
        const access = authenticated(req, accesses);
        meetSecondaryLimit(model, res);
        const { body, rateLimit } = await executeQuery({
          model,
          access,
          request: req.body ?? {},
        });
        res.set(rateLimitHeaders(rateLimit)).json(body);
      } catch (error) {
        sendGitHubError(res, error);
      }
    },
  );
  router.use('/api/v3', createRestApi(options));
  router.get('/avatars/:name.svg', (req, res) => {
    res
      .set('cache-control', 'public, max-age=86400')
      .type('image/svg+xml')
      .send(avatar(model, req.params.name));
  });
  router.get('/raw/:owner/:repo/*', (req, res) => sendFile(options, req, res));
  return router;
}

/** Files below their repository's own address, as programs read them. */
export function createRawFiles(options: GitHubApiOptions): Router {
  const router = Router();
  router.get(`/${options.model.organization}/:repo/raw/*`, (req, res) =>
    sendFile(options, req, res),
  );
  return router;
}

function sendFile(
  { model, accesses }: GitHubApiOptions,
  req: Request,
  res: Response,
): void {
  try {
    const access = findAccess(req.headers.authorization, accesses);
    const repository = model.repository(
      req.params.owner ?? model.organization,
      req.params.repo,
    );
    const visible =
      repository &&
      (access
        ? maySee(access, repository)
        : repository.seed.visibility === 'public');
    if (!visible) {
      throw GitHubError.notFound();
    }
    const { ref, path } = splitRef(repository, req.params[0]);
    res.type('text/plain').send(fileText(repository, path, ref));
  } catch (error) {
    sendGitHubError(res, error);
  }
}
