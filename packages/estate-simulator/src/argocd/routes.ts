import { Request } from 'express';
import { KubernetesObject } from '../kubernetes/model';
import { clusterOf } from '../seed/defaults';
import { CompanySeed } from '../seed/model';
import { timestamp, viewApplication } from './application';
import { ignoredPointers } from './compare';
import { ArgoController } from './ArgoController';
import { ArgoAccess, isAllowed } from './ArgoAccess';
import { ArgoError } from './ArgoError';
import { asNumber, asObject, Json, withoutPointers } from './json';
import { resourceTree } from './resourceTree';
import { selects } from './selector';

/** What the handlers of one request work with. */
export interface ArgoRequest {
  company: CompanySeed;
  controller: ArgoController;
  access: ArgoAccess;
  req: Request;
  now: Date;
}

/** An object as the REST API shows it: without type, which the route tells. */
export function shown(object: KubernetesObject): Json {
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object;
  return rest;
}

function listed(items: KubernetesObject[], resourceVersion: number): Json {
  return {
    metadata: { resourceVersion: String(resourceVersion) },
    items: items.length > 0 ? items.map(shown) : null,
  };
}

const queryList = (value: unknown): string[] =>
  [value]
    .flat()
    .filter((one): one is string => typeof one === 'string' && one !== '');

/** Applications that a list or a stream asks for. */
export function selectedApplications({
  controller,
  req,
}: Pick<ArgoRequest, 'controller' | 'req'>): KubernetesObject[] {
  const { name, selector, repo, appNamespace } = req.query;
  const projects = [
    ...queryList(req.query.projects),
    ...queryList(req.query.project),
  ];
  return controller.applications().filter(application => {
    const view = viewApplication(application);
    return (
      (!name || name === view.name) &&
      (!repo || repo === view.source.repoURL) &&
      (!appNamespace || appNamespace === application.metadata.namespace) &&
      (projects.length === 0 || projects.includes(view.project)) &&
      selects(String(selector ?? ''), application.metadata.labels ?? {})
    );
  });
}

/** `GET /applications` */
export function listApplications(request: ArgoRequest): Json {
  return listed(
    selectedApplications(request),
    request.controller.host.resourceVersion,
  );
}

/** The Application that a path names, or Argo CD's 404. */
export function applicationOf({
  controller,
  req,
}: ArgoRequest): KubernetesObject {
  const { name } = req.params;
  const application = controller.application(name);
  // Writes carry both in their body.
  const { project, appNamespace } = {
    ...asObject(req.body),
    ...req.query,
  } as Record<string, unknown>;
  if (
    !application ||
    (appNamespace && appNamespace !== application.metadata.namespace)
  ) {
    throw ArgoError.notFound('applications', name);
  }
  if (project && viewApplication(application).project !== project) {
    throw ArgoError.permissionDenied();
  }
  return application;
}

/** `GET /applications/:name` */
export function getApplication(request: ArgoRequest): Json {
  const application = applicationOf(request);
  return shown(
    request.req.query.refresh
      ? request.controller.refresh(application.metadata.name)
      : application,
  );
}

/** `GET /applications/:name/resource-tree` */
export function getResourceTree(request: ArgoRequest): Json {
  const application = applicationOf(request);
  const { controller } = request;
  const view = viewApplication(application);
  return resourceTree(
    controller.compare(application),
    controller.destinationOf(view),
    view.destination.namespace,
  );
}

/** `GET /applications/:name/managed-resources` */
export function getManagedResources(request: ArgoRequest): Json {
  const application = applicationOf(request);
  const { group, kind, name, namespace } = request.req.query;
  const items = request.controller
    .compare(application)
    .resources.filter(
      ({ id }) =>
        (group === undefined || group === id.group) &&
        (!kind || kind === id.kind) &&
        (!name || name === id.name) &&
        (!namespace || namespace === id.namespace),
    )
    .map(({ id, desired, live, status }) => {
      const { version: _version, ...resource } = id;
      const ignored = ignoredPointers(application, id);
      const normalized = live && withoutPointers(live, ignored);
      return {
        ...resource,
        targetState: desired ? JSON.stringify(desired) : 'null',
        liveState: live ? JSON.stringify(live) : 'null',
        normalizedLiveState: normalized ? JSON.stringify(normalized) : 'null',
        predictedLiveState: desired
          ? JSON.stringify(withoutPointers(desired, ignored))
          : 'null',
        resourceVersion: live?.metadata.resourceVersion,
        ...(status === 'OutOfSync' && { modified: true }),
      };
    });
  return { items };
}

/** `GET /applications/:name/revisions/:revision/metadata` */
export function getRevisionMetadata(request: ArgoRequest): Json {
  const application = applicationOf(request);
  const { revision } = request.req.params;
  const commit = request.controller
    .repositoryFor(application)
    .resolve(revision);
  if (!commit) {
    throw ArgoError.invalidArgument(
      `revision ${revision} must be resolved to a commit SHA`,
    );
  }
  return {
    author: `${commit.author.name} <${commit.author.email}>`,
    date: timestamp(commit.date),
    message: commit.message,
  };
}

/** `POST /applications/:name/sync` */
export function syncApplication(request: ArgoRequest): Json {
  const { name } = applicationOf(request).metadata;
  const body = asObject(request.req.body);
  return shown(
    request.controller.sync(name, {
      revision: typeof body.revision === 'string' ? body.revision : undefined,
      dryRun: body.dryRun === true,
      prune: body.prune === true,
      resources: Array.isArray(body.resources)
        ? body.resources
            .map(asObject)
            .map(({ group, kind, name: resource, namespace }) => ({
              group: String(group ?? ''),
              kind: String(kind),
              name: String(resource),
              ...(typeof namespace === 'string' && { namespace }),
            }))
        : undefined,
      info: Array.isArray(body.infos)
        ? body.infos.map(asObject).map(({ name: label, value }) => ({
            name: String(label),
            value: String(value),
          }))
        : undefined,
      initiatedBy: { username: request.access.account },
    }),
  );
}

/** `POST /applications/:name/rollback` */
export function rollbackApplication(request: ArgoRequest): Json {
  const application = applicationOf(request);
  const view = viewApplication(application);
  if (view.automated) {
    throw ArgoError.failedPrecondition(
      'rollback cannot be initiated when auto-sync is enabled',
    );
  }
  const body = asObject(request.req.body);
  const id = asNumber(body.id) ?? 0;
  const entry = view.history.find(one => one.id === id);
  if (!entry) {
    throw ArgoError.invalidArgument(
      `application ${view.name} does not have deployment id ${id}`,
    );
  }
  return shown(
    request.controller.sync(view.name, {
      revision: String(entry.revision),
      dryRun: body.dryRun === true,
      prune: body.prune === true,
      source: asObject(entry.source),
      initiatedBy: { username: request.access.account },
    }),
  );
}

/** `DELETE /applications/:name/operation` */
export function terminateOperation(request: ArgoRequest): Json {
  request.controller.terminate(applicationOf(request).metadata.name);
  return {};
}

/** `GET /projects` and `GET /applicationsets` */
export function listOf(resource: 'appprojects' | 'applicationsets') {
  return ({ controller, req }: ArgoRequest): Json => {
    const { host, instance } = controller;
    const projects = queryList(req.query.projects);
    const items = host
      .list(`${resource}.argoproj.io`, instance.namespace)
      .filter(
        object =>
          projects.length === 0 || projects.includes(object.metadata.name),
      );
    return listed(items, host.resourceVersion);
  };
}

/** `GET /projects/:name` and `GET /applicationsets/:name` */
export function oneOf(resource: 'appprojects' | 'applicationsets') {
  return ({ controller, req }: ArgoRequest): Json => {
    const { host, instance } = controller;
    const object = host.get(
      `${resource}.argoproj.io`,
      req.params.name,
      instance.namespace,
    );
    if (!object) {
      throw ArgoError.notFound(resource, req.params.name);
    }
    return shown(object);
  };
}

/** `GET /clusters` */
export function listClusters({ company, controller, now }: ArgoRequest): Json {
  const connectionState = {
    status: 'Successful',
    message: '',
    attemptedAt: timestamp(now),
  };
  return {
    metadata: {},
    items: controller.clusterNames().map(name => ({
      name,
      server: controller.serverOf(name),
      serverVersion: '1.32',
      connectionState,
      labels: {
        'meridian.example/environment': clusterOf(company, name).environment,
      },
      config: { tlsClientConfig: { insecure: false } },
      info: {
        connectionState,
        serverVersion: '1.32',
        cacheInfo: {},
        applicationsCount: controller
          .applications()
          .filter(
            application =>
              controller.destinationOf(viewApplication(application)).name ===
              name,
          ).length,
      },
    })),
  };
}

/** `GET /account/can-i/:resource/:action/*` */
export function canI({ access, req }: ArgoRequest): Json {
  const { resource, action } = req.params;
  return { value: isAllowed(access, resource, action) ? 'yes' : 'no' };
}

/** `GET /session/userinfo` */
export function userInfo({ access }: ArgoRequest): Json {
  return { loggedIn: true, username: access.account, iss: 'argocd' };
}

/** `GET /api/version` */
export function version(): Json {
  return {
    Version: 'v3.1.8+simulated',
    BuildDate: '2025-09-30T12:00:00Z',
    GitCommit: '0000000000000000000000000000000000000000',
    GitTreeState: 'clean',
    GoVersion: 'go1.24.6',
    Compiler: 'gc',
    Platform: 'linux/amd64',
    KustomizeVersion: 'v5.7.0',
    HelmVersion: 'v3.18.4',
    KubectlVersion: 'v0.33.1',
    JsonnetVersion: 'v0.21.0',
  };
}
