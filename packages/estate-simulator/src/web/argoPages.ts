import { Response, Router } from 'express';
import { viewApplication } from '../argocd/application';
import { ArgoController } from '../argocd/ArgoController';
import { asObject, asObjects, asText, Json } from '../argocd/json';
import { KubernetesObject } from '../kubernetes/model';
import { CompanySeed } from '../seed/model';
import { Html, html, path } from './html';
import { Page, sendMissing, sendPage } from './page';
import { facts, link, table } from './parts';

/** Options of {@link createArgoPages}. */
export interface ArgoPagesOptions {
  company: CompanySeed;
  controller: ArgoController;
}

/**
 * The pages that links of an Argo CD lead to, for a person at the same
 * machine: nobody signs in here, and nothing can be changed.
 */
export function createArgoPages(options: ArgoPagesOptions): Router {
  const { controller } = options;
  const router = Router();
  const send = (res: Response, page: Page | undefined) =>
    page ? sendPage(res, page) : sendMissing(res);

  router.get(['/', '/applications'], (_req, res) => {
    controller.settle();
    send(res, applicationsPage(options));
  });
  router.get('/applications/:namespace/:name', (req, res) => {
    controller.settle();
    const application = controller.application(req.params.name);
    send(
      res,
      application?.metadata.namespace === req.params.namespace
        ? applicationPage(options, application)
        : undefined,
    );
  });
  router.get('/settings/projects/:name', (req, res) => {
    controller.settle();
    send(res, projectPage(options, req.params.name));
  });
  return router;
}

const home = ({ instance }: ArgoController) =>
  [instance.name, path('argocd', instance.name, 'applications')] as const;

const statusOf = (object: KubernetesObject, field: 'sync' | 'health') =>
  asText(asObject(asObject(object.status)[field]).status) ?? 'Unknown';

function applicationTable(
  { instance }: ArgoController,
  applications: KubernetesObject[],
): Html {
  return table(
    'Applications',
    ['Name', 'Project', 'Sync', 'Health'],
    applications.map(object => [
      link(
        path(
          'argocd',
          instance.name,
          'applications',
          object.metadata.namespace ?? '',
          object.metadata.name,
        ),
        object.metadata.name,
      ),
      viewApplication(object).project,
      statusOf(object, 'sync'),
      statusOf(object, 'health'),
    ]),
  );
}

function applicationsPage({ controller }: ArgoPagesOptions): Page {
  return {
    title: controller.instance.name,
    body: applicationTable(controller, controller.applications()),
  };
}

function applicationPage(
  options: ArgoPagesOptions,
  object: KubernetesObject,
): Page {
  const { controller } = options;
  const { name, project, source, destination, history, status } =
    viewApplication(object);
  const revision = (sha: string | undefined) =>
    sha && revisionLink(options, object, sha);
  return {
    title: name,
    trail: [home(controller)],
    body: html`${facts([
      [
        'Project',
        link(
          path(
            'argocd',
            controller.instance.name,
            'settings',
            'projects',
            project,
          ),
          project,
        ),
      ],
      ['Sync', statusOf(object, 'sync')],
      ['Health', statusOf(object, 'health')],
      ['Revision', revision(asText(asObject(status.sync).revision))],
      ['Repository', source.repoURL],
      ['Path', source.path],
      ['Destination', destination.name ?? destination.server],
      ['Namespace', destination.namespace],
    ])}
    ${table(
      'Resources',
      ['Kind', 'Name', 'Namespace', 'Sync'],
      asObjects(status.resources).map(resource => [
        asText(resource.kind),
        asText(resource.name),
        asText(resource.namespace),
        asText(resource.status),
      ]),
    )}
    ${table(
      'History',
      ['Deployed', 'Revision', 'By'],
      [...history]
        .reverse()
        .map(entry => [
          asText(entry.deployedAt),
          revision(asText(entry.revision)),
          initiator(entry),
        ]),
    )}`,
  };
}

function initiator(entry: Json): string {
  const { username, automated } = asObject(entry.initiatedBy);
  return automated === true ? 'automated' : (asText(username) ?? '');
}

/** The commit of a revision where its repository is one of the company's. */
function revisionLink(
  { company, controller }: ArgoPagesOptions,
  application: KubernetesObject,
  sha: string,
): Html | string {
  try {
    const { name } = controller.repositoryFor(application);
    return link(path(company.organization, name, 'commit', sha), sha);
  } catch {
    // Its repository is gone: Argo CD shows the application all the same.
    return sha;
  }
}

function projectPage(
  { company, controller }: ArgoPagesOptions,
  name: string,
): Page | undefined {
  const project = controller.host.get(
    'appprojects.argoproj.io',
    name,
    controller.instance.namespace,
  );
  if (!project) {
    return undefined;
  }
  const spec = asObject(project.spec);
  const team = company.teams.find(({ slug }) => slug === name);
  const destinations = asObjects(spec.destinations);
  return {
    title: `Project ${name}`,
    trail: [home(controller)],
    body: html`${facts([
      ['Description', asText(spec.description)],
      [
        'Team',
        team &&
          link(
            path('orgs', company.organization, 'teams', team.slug),
            team.name,
          ),
      ],
      [
        'Destinations',
        destinations
          .map(({ name: cluster, server }) => asText(cluster) ?? asText(server))
          .join(', '),
      ],
    ])}
    ${applicationTable(
      controller,
      controller
        .applications()
        .filter(one => viewApplication(one).project === name),
    )}`,
  };
}
