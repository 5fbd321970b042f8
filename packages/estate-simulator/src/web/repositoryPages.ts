import { Response, Router } from 'express';
import { GitHubModel } from '../github/GitHubModel';
import { Page, sendPage } from './page';
import { RepositoryView } from './RepositoryView';

/** The pages of one organization's repositories, mounted below its name. */
export function createRepositoryPages(options: { model: GitHubModel }): Router {
  const { model } = options;
  const router = Router();
  const show = (
    at: string,
    page: (repository: RepositoryView, argument: string) => Page | undefined,
  ) =>
    router.get(at, (req, res: Response, next) => {
      const hosted = model.repository(
        model.organization,
        req.params.repo.replace(/\.git$/, ''),
      );
      const found =
        hosted && page(new RepositoryView(model, hosted), req.params[0] ?? '');
      if (found) {
        sendPage(res, found);
      } else {
        next();
      }
    });

  show('/:repo', view => view.overview());
  show('/:repo/tree/*', (view, at) => view.content(at));
  show('/:repo/blob/*', (view, at) => view.content(at));
  show('/:repo/commits', view => view.commits('HEAD'));
  show('/:repo/commits/*', (view, revision) => view.commits(revision));
  show('/:repo/commit/*', (view, revision) => view.commit(revision));
  show('/:repo/releases', view => view.release());
  show('/:repo/releases/tag/*', (view, tag) => view.release(tag));
  show('/:repo/pull/*', (view, number) => view.pull(Number(number)));
  return router;
}
