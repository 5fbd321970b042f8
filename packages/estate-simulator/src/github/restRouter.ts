import express, { Request, Response, Router } from 'express';
import { GitHubAccess } from './access';
import { GitHubModel } from './GitHubModel';
import {
  authenticated,
  charge,
  entityTag,
  GitHubError,
  meetSecondaryLimit,
  sendGitHubError,
} from './http';
import { fileText } from './rest/contents';
import * as delivery from './rest/delivery';
import * as dispatch from './rest/dispatch';
import * as git from './rest/gitData';
import * as read from './rest/handlers';
import * as write from './rest/writes';

/** GitHub's REST API, as far as Causeway and Backstage use it. */
export function createRestApi(options: {
  model: GitHubModel;
  accesses: readonly GitHubAccess[];
}): Router {
  const { model, accesses } = options;
  const router = Router();
  router.use(express.json({ limit: '5mb' }));

  const answer =
    (handle: (request: read.RestRequest) => unknown, status = 200) =>
    (req: Request, res: Response) => {
      try {
        const access = authenticated(req, accesses);
        meetSecondaryLimit(model, res);
        const apiUrl = `${req.protocol}://${req.headers.host}${req.baseUrl}`;
        const request = { model, access, req, apiUrl };
        // Even a refused request counts.
        const result = attempt(() => handle(request));
        const text =
          result.value === undefined ? '' : bodyText(req, res, result.value);
        const tag = entityTag(text);
        const unchanged =
          req.method === 'GET' &&
          result.error === undefined &&
          req.headers['if-none-match'] === tag;
        charge({
          model,
          res,
          access,
          resource: 'core',
          // An unchanged answer is free.
          points: unchanged ? 0 : 1,
        });
        if (result.error !== undefined) {
          throw result.error;
        }
        if (req.method === 'GET') {
          res.set({ etag: tag, 'cache-control': 'private, max-age=60' });
        }
        if (unchanged) {
          res.status(304).end();
        } else if (result.value === undefined) {
          res.status(204).end();
        } else {
          res.status(status).type('application/json').send(text);
        }
      } catch (error) {
        sendGitHubError(res, error);
      }
    };

  const repository = '/repos/:owner/:repo';
  router.get('/rate_limit', (req, res) => {
    try {
      const access = authenticated(req, accesses);
      const state = (resource: 'core' | 'graphql' | 'search') => {
        const { resource: _name, ...rest } = model.rateLimits.take(
          access.token,
          resource,
          0,
        );
        return { ...rest, resource };
      };
      res.json({
        resources: {
          core: state('core'),
          graphql: state('graphql'),
          search: state('search'),
        },
        rate: state('core'),
      });
    } catch (error) {
      sendGitHubError(res, error);
    }
  });
  router.get('/orgs/:org', answer(read.getOrganization));
  router.get('/orgs/:org/repos', answer(read.listRepositories));
  router.get('/orgs/:org/teams', answer(read.listTeams));
  router.get('/orgs/:org/teams/:slug/members', answer(read.listTeamMembers));
  router.get(repository, answer(read.getRepository));
  router.get(`${repository}/contents/*`, (req, res) =>
    /\braw\b/.test(req.headers.accept ?? '')
      ? sendRaw({ model, accesses, req, res })
      : answer(read.getContents)(req, res),
  );
  router.put(`${repository}/contents/*`, answer(write.putContents, 201));
  router.get(`${repository}/branches`, answer(read.listBranches));
  router.get(`${repository}/branches/*`, answer(read.getBranch));
  router.get(`${repository}/commits`, answer(read.listCommits));
  router.get(`${repository}/commits/*`, answer(read.getCommit));
  router.get(`${repository}/rulesets`, answer(delivery.listRulesets));
  router.get(`${repository}/environments`, answer(delivery.listEnvironments));
  router.get(`${repository}/deployments`, answer(delivery.listDeployments));
  router.get(`${repository}/pulls`, answer(read.listPulls));
  router.post(`${repository}/pulls`, answer(write.createPull, 201));
  router.get(`${repository}/pulls/:number`, answer(read.getPull));
  router.patch(`${repository}/pulls/:number`, answer(write.updatePull));
  router.put(`${repository}/pulls/:number/merge`, answer(write.mergePull));
  router.get(`${repository}/git/ref/heads/*`, answer(read.getRef));
  router.post(`${repository}/git/refs`, answer(write.createRef, 201));
  router.patch(`${repository}/git/refs/heads/*`, answer(write.updateRef));
  router.delete(`${repository}/git/refs/heads/*`, answer(write.deleteRef));
  router.get(`${repository}/git/commits/:sha`, answer(git.getGitCommit));
  router.post(`${repository}/git/commits`, answer(git.createGitCommit, 201));
  router.get(`${repository}/git/trees/*`, answer(git.getTree));
  router.post(`${repository}/git/trees`, answer(git.createTree, 201));
  router.get(`${repository}/git/blobs/:sha`, answer(git.getBlob));
  router.get(`${repository}/compare/*`, answer(git.compareCommits));
  router.get(`${repository}/actions/workflows`, answer(delivery.listWorkflows));
  router.post(`${repository}/actions/workflows/:file/dispatches`, (req, res) =>
    answer(
      dispatch.dispatchWorkflow,
      // Who asks for it is told which run it became.
      req.body?.return_run_details === true ? 200 : 204,
    )(req, res),
  );
  router.get(
    `${repository}/actions/workflows/:file/runs`,
    answer(dispatch.listDispatchedRuns),
  );
  router.get(`${repository}/actions/runs/:id`, answer(dispatch.getRun));
  router.get(`${repository}/actions/runs`, answer(delivery.listWorkflowRuns));
  router.use((_req, res) => sendGitHubError(res, GitHubError.notFound()));
  return router;
}

function attempt(action: () => unknown): { value?: unknown; error?: unknown } {
  try {
    return { value: action() };
  } catch (error) {
    return { error };
  }
}

// Lists are paged, with the neighbouring pages in the Link header.
function bodyText(req: Request, res: Response, value: unknown): string {
  if (!(value instanceof read.Paged)) {
    return JSON.stringify(value);
  }
  const positive = (text: unknown, fallback: number) => {
    const number = Number(text);
    return Number.isInteger(number) && number > 0 ? number : fallback;
  };
  const size = Math.min(100, positive(req.query.per_page, 30));
  const page = positive(req.query.page, 1);
  const total = value.items.length;
  const last = Math.max(1, Math.ceil(total / size));
  const link = (number: number, rel: string) => {
    const url = new URL(
      `${req.protocol}://${req.headers.host}${req.originalUrl}`,
    );
    url.searchParams.set('page', String(number));
    return `<${url}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ];
  if (links.length > 0) {
    res.set('link', links.join(', '));
  }
  return JSON.stringify(
    value.wrap(value.items.slice((page - 1) * size, page * size), total),
  );
}

function sendRaw(options: {
  model: GitHubModel;
  accesses: readonly GitHubAccess[];
  req: Request;
  res: Response;
}): void {
  const { model, accesses, req, res } = options;
  try {
    const access = authenticated(req, accesses);
    meetSecondaryLimit(model, res);
    charge({ model, res, access, resource: 'core', points: 1 });
    const repository = read.repositoryOf({ model, access, req, apiUrl: '' });
    const text = fileText(
      repository,
      req.params[0],
      String(req.query.ref ?? 'HEAD'),
    );
    const tag = entityTag(text);
    res.set('etag', tag);
    if (req.headers['if-none-match'] === tag) {
      res.status(304).end();
    } else {
      res.type('text/plain').send(text);
    }
  } catch (error) {
    sendGitHubError(res, error);
  }
}
