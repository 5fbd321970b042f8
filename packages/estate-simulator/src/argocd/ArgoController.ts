import { SimulatedCluster } from '../kubernetes/ClusterState';
import { KubernetesObject, ObjectEvent } from '../kubernetes/model';
import { systemTimers, Timers } from '../kubernetes/Timers';
import { ArgoInstanceSeed, ClusterName } from '../seed/model';
import { GitRepository } from '../world/GitRepository';
import { ApplicationView, timestamp, viewApplication } from './application';
import { applicationStatus } from './applicationStatus';
import { syncResource } from './applyDesired';
import { ArgoError } from './ArgoError';
import { compareApplication, Comparison } from './comparison';
import { asNumber, asObject, asText, Json } from './json';
import { resourceIdOf, resourceKey } from './resource';

const CONTROLLER = 'argocd-application-controller';
const REFRESH_ANNOTATION = 'argocd.argoproj.io/refresh';

/** Options of {@link ArgoController}. */
export interface ArgoControllerOptions {
  instance: ArgoInstanceSeed;
  clusters: ReadonlyMap<ClusterName, SimulatedCluster>;
  repository: (url: string) => GitRepository | undefined;
  now: () => Date;
  timers?: Timers;
  /** How long an operation stays `Running`, in milliseconds; 0 runs it at once. */
  operationMs?: number;
  /** How long a drift lasts before `selfHeal` undoes it, in milliseconds. */
  selfHealMs?: number;
}

/** What a sync is asked to do. */
export interface SyncRequest {
  revision?: string;
  dryRun?: boolean;
  prune?: boolean;
  resources?: {
    group?: string;
    kind: string;
    name: string;
    namespace?: string;
  }[];
  /** What whoever asks writes on the operation. */
  info?: { name: string; value: string }[];
  initiatedBy: { username?: string; automated?: boolean };
  /** The source to sync to when it is not the one in the spec: a rollback. */
  source?: Json;
}

/**
 * What Argo CD's application controller does, over Applications that are
 * custom resources of the hosting cluster: compares, syncs, heals, keeps the
 * history. Changes of Git and of live objects are noticed at the end of the
 * current turn, or at once by {@link ArgoController.settle}.
 */
export class ArgoController {
  readonly instance: ArgoInstanceSeed;
  readonly host: SimulatedCluster;
  readonly #options: ArgoControllerOptions;
  readonly #stop: (() => void)[] = [];
  readonly #dirty = new Set<string>();
  /** Which application manages a resource, by cluster and resource key. */
  readonly #managedBy = new Map<string, string>();
  /** How to cancel what is planned, by what it is for. */
  readonly #planned = new Map<string, () => void>();
  readonly #timers: Timers;
  #writing = 0;
  #scheduled = false;
  #paused = false;

  constructor(options: ArgoControllerOptions) {
    const host = options.clusters.get(options.instance.cluster);
    if (!host) {
      throw new Error(
        `Argo CD ${options.instance.name} lives in the cluster '${options.instance.cluster}', which does not exist`,
      );
    }
    this.#options = options;
    this.#timers = options.timers ?? systemTimers;
    this.instance = options.instance;
    this.host = host;
    for (const [name, cluster] of options.clusters) {
      this.#stop.push(
        cluster.subscribe(event => this.#onEvent(name, cluster, event)),
      );
    }
  }

  /** The Applications of this Argo CD, by name. */
  applications(): KubernetesObject[] {
    return this.host.list('applications.argoproj.io', this.instance.namespace);
  }

  /** One Application. */
  application(name: string): KubernetesObject | undefined {
    return this.host.get(
      'applications.argoproj.io',
      name,
      this.instance.namespace,
    );
  }

  /** Clusters that this Argo CD deploys to. */
  clusterNames(): ClusterName[] {
    return [...this.#options.clusters.keys()];
  }

  /** Runs something without reacting to what it changes, and operations at once. */
  paused<T>(action: () => T): T {
    const before = this.#paused;
    this.#paused = true;
    try {
      return action();
    } finally {
      this.#paused = before;
    }
  }

  /** Looks at every application again, as after a push to Git. */
  refreshAll(): void {
    this.applications().forEach(({ metadata }) => this.refresh(metadata.name));
  }

  /** Compares an application again and records what it found. */
  refresh(name: string): KubernetesObject {
    const application = this.#existing(name);
    const view = viewApplication(application);
    let comparison: Comparison;
    try {
      comparison = this.compare(application);
    } catch (error) {
      return this.#write(name, {
        status: {
          ...view.status,
          sync: { ...asObject(view.status.sync), status: 'Unknown' },
          conditions: [
            {
              type: 'ComparisonError',
              message: String((error as Error).message),
              lastTransitionTime: this.#time(),
            },
          ],
        },
      });
    }
    this.#remember(name, view, comparison);
    const refreshed = this.#write(name, {
      status: applicationStatus({
        application,
        comparison,
        namespace: this.instance.namespace,
        time: this.#time(),
      }),
    });
    this.#automate(name, view, comparison);
    return this.application(name) ?? refreshed;
  }

  /** Compares an application's desired state (at its target revision by default) with the live one. */
  compare(application: KubernetesObject, revision?: string): Comparison {
    const view = viewApplication(application);
    const repository = this.#repositoryOf(view);
    const commit = repository.resolve(revision ?? view.source.targetRevision);
    if (!commit) {
      throw ArgoError.failedPrecondition(
        `unable to resolve '${revision ?? view.source.targetRevision}' to a commit SHA`,
      );
    }
    return compareApplication({
      application,
      repository,
      cluster: this.destinationOf(view),
      revision: commit.sha,
    });
  }

  /** The repository of an application; throws what Argo CD says for an unknown one. */
  repositoryFor(application: KubernetesObject): GitRepository {
    return this.#repositoryOf(viewApplication(application));
  }

  /** The cluster that an application deploys to. */
  destinationOf(view: Pick<ApplicationView, 'destination'>): SimulatedCluster {
    const { name, server } = view.destination;
    for (const [cluster, state] of this.#options.clusters) {
      if (name ? name === cluster : server === this.serverOf(cluster)) {
        return state;
      }
    }
    throw ArgoError.failedPrecondition(
      `there are no clusters with this ${name ? `name: ${name}` : `URL: ${server}`}`,
    );
  }

  /** The address under which this Argo CD knows a cluster. */
  serverOf(cluster: ClusterName): string {
    return cluster === this.instance.cluster
      ? 'https://kubernetes.default.svc'
      : `https://${cluster}.k8s.meridian.example:6443`;
  }

  /** Starts a sync; with `operationMs` 0 it is finished on return. */
  sync(name: string, request: SyncRequest): KubernetesObject {
    const application = this.#existing(name);
    const view = viewApplication(application);
    if (view.operation) {
      throw ArgoError.failedPrecondition(
        'another operation is already in progress',
      );
    }
    if (
      view.automated &&
      !request.initiatedBy.automated &&
      request.revision &&
      !request.dryRun &&
      request.revision !== view.source.targetRevision
    ) {
      throw ArgoError.failedPrecondition(
        `Cannot sync to ${request.revision}: auto-sync currently set to ${view.source.targetRevision}`,
      );
    }
    const commit = this.#repositoryOf(view).resolve(
      request.revision || view.source.targetRevision,
    );
    if (!commit) {
      throw ArgoError.invalidArgument(
        `unable to resolve '${request.revision}' to a commit SHA`,
      );
    }
    const operation: Json = {
      initiatedBy: request.initiatedBy,
      ...(request.info?.length && { info: request.info }),
      retry: {},
      sync: {
        revision: commit.sha,
        ...(request.dryRun && { dryRun: true }),
        ...(request.prune && { prune: true }),
        ...(request.resources && { resources: request.resources }),
        ...(request.source && { source: request.source }),
        ...(view.syncOptions.length > 0 && { syncOptions: view.syncOptions }),
      },
    };
    this.#begin(name, operation);
    return this.#existing(name);
  }

  /** Ends a running operation; what it already applied stays. */
  terminate(name: string): void {
    const application = this.#existing(name);
    const view = viewApplication(application);
    if (!view.operation) {
      throw ArgoError.invalidArgument(
        'Unable to terminate operation. No operation is in progress',
      );
    }
    this.#planned.get(`operation ${name}`)?.();
    this.#planned.delete(`operation ${name}`);
    this.#write(name, {
      operation: undefined,
      status: {
        ...view.status,
        operationState: {
          ...view.operationState,
          phase: 'Failed',
          message: 'Operation terminated',
          finishedAt: this.#time(),
        },
      },
    });
  }

  /** Does now what would be done at the end of this turn. */
  settle(): void {
    // Healing may change live state, which is looked at again: bounded, so
    // that two controllers that fight do not hang the process.
    for (let round = 0; round < 20 && this.#dirty.size > 0; round++) {
      const names = [...this.#dirty];
      this.#dirty.clear();
      for (const name of names) {
        if (this.application(name)) {
          this.refresh(name);
        }
      }
    }
  }

  /** Stops listening and forgets what was planned. */
  close(): void {
    this.#stop.forEach(stop => stop());
    this.#planned.forEach(cancel => cancel());
    this.#planned.clear();
    this.#paused = true;
  }

  #begin(name: string, operation: Json): void {
    const startedAt = this.#time();
    const delay = this.#paused ? 0 : (this.#options.operationMs ?? 0);
    if (delay === 0) {
      this.#finish(name, { operation, startedAt });
      return;
    }
    const view = viewApplication(this.#existing(name));
    this.#write(name, {
      operation,
      status: {
        ...view.status,
        operationState: {
          operation,
          phase: 'Running',
          message: 'waiting for the sync to start',
          startedAt,
        },
      },
    });
    this.#later(`operation ${name}`, delay, () => {
      // It may have been terminated, or the application deleted.
      if (this.application(name)?.operation) {
        this.#finish(name, { operation, startedAt });
      }
    });
  }

  #finish(
    name: string,
    { operation, startedAt }: { operation: Json; startedAt: string },
  ): void {
    const application = this.#existing(name);
    const view = viewApplication(application);
    const wanted = asObject(operation.sync);
    const dryRun = wanted.dryRun === true;
    const only = Array.isArray(wanted.resources)
      ? wanted.resources.map(asObject)
      : undefined;
    const cluster = this.destinationOf(view);
    const comparison = this.compare(application, asText(wanted.revision));
    const results = comparison.resources
      .filter(
        ({ id }) =>
          !only ||
          only.some(
            one =>
              (asText(one.group) ?? '') === id.group &&
              one.kind === id.kind &&
              one.name === id.name,
          ),
      )
      .map(resource =>
        syncResource({
          application,
          cluster,
          resource,
          dryRun,
          prune: wanted.prune === true,
          respectIgnored: view.syncOptions.includes(
            'RespectIgnoreDifferences=true',
          ),
        }),
      );
    const failed = results.some(({ status }) => status === 'SyncFailed');
    const finishedAt = this.#time();
    const source = wanted.source ?? view.source;
    const keepsHistory = !dryRun && !failed && !only;
    this.#write(name, {
      operation: undefined,
      status: {
        ...view.status,
        operationState: {
          operation,
          phase: failed ? 'Failed' : 'Succeeded',
          message: failed
            ? 'one or more objects failed to apply'
            : `successfully synced (${dryRun ? 'dry run' : 'all tasks run'})`,
          startedAt,
          finishedAt,
          syncResult: {
            revision: comparison.revision,
            source,
            resources: results,
          },
        },
        ...(keepsHistory && {
          history: [
            ...view.history,
            {
              id: (asNumber(view.history.at(-1)?.id) ?? -1) + 1,
              revision: comparison.revision,
              deployStartedAt: startedAt,
              deployedAt: finishedAt,
              source,
              initiatedBy: operation.initiatedBy,
            },
          ].slice(-10),
        }),
      },
    });
    this.refresh(name);
  }

  #automate(
    name: string,
    { automated, operation, operationState }: ApplicationView,
    comparison: Comparison,
  ): void {
    if (
      this.#paused ||
      !automated ||
      operation ||
      comparison.sync === 'Synced'
    ) {
      return;
    }
    const start = () => {
      const live = this.application(name);
      if (live && !viewApplication(live).operation) {
        this.sync(name, {
          prune: automated.prune,
          initiatedBy: { automated: true },
        });
      }
    };
    const attempted = asObject(operationState.syncResult).revision;
    if (attempted !== comparison.revision) {
      start();
    } else if (automated.selfHeal && !this.#planned.has(`heal ${name}`)) {
      this.#later(`heal ${name}`, this.#options.selfHealMs ?? 5_000, () => {
        if (
          this.application(name) &&
          this.compare(this.#existing(name)).sync === 'OutOfSync'
        ) {
          start();
        }
      });
    }
  }

  #later(key: string, delay: number, action: () => void): void {
    const cancel = this.#timers.after(delay, () => {
      this.#planned.delete(key);
      action();
    });
    this.#planned.set(key, cancel);
  }

  #onEvent(
    cluster: ClusterName,
    state: SimulatedCluster,
    event: ObjectEvent,
  ): void {
    if (this.#paused) {
      return;
    }
    const { object } = event;
    if (state === this.host && object.kind === 'Application') {
      if (this.#writing === 0 && event.type !== 'DELETED') {
        this.#onApplicationEdited(object);
      }
      return;
    }
    const name = this.#managedBy.get(
      `${cluster} ${resourceKey(resourceIdOf(object))}`,
    );
    if (name) {
      this.#markDirty(name);
    }
  }

  #onApplicationEdited(application: KubernetesObject): void {
    const { name, annotations } = application.metadata;
    if (annotations?.[REFRESH_ANNOTATION]) {
      this.#writing++;
      try {
        const { [REFRESH_ANNOTATION]: _done, ...kept } = annotations;
        this.host.store(
          this.host.typeOf('applications.argoproj.io')!,
          {
            ...application,
            metadata: { ...application.metadata, annotations: kept },
          },
          { manager: CONTROLLER },
        );
      } finally {
        this.#writing--;
      }
    }
    const view = viewApplication(application);
    if (view.operation && view.operationState.phase !== 'Running') {
      this.#begin(name, view.operation);
    }
    this.#markDirty(name);
  }

  #markDirty(name: string): void {
    this.#dirty.add(name);
    if (!this.#scheduled) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        if (!this.#paused) {
          this.settle();
        }
      });
    }
  }

  #remember(name: string, view: ApplicationView, comparison: Comparison): void {
    const cluster = this.destinationOf(view).name;
    for (const { id } of comparison.resources) {
      this.#managedBy.set(`${cluster} ${resourceKey(id)}`, name);
    }
  }

  #write(
    name: string,
    change: { status?: Json; operation?: Json | undefined },
  ): KubernetesObject {
    const application = this.#existing(name);
    const next: KubernetesObject = { ...application, ...change };
    if ('operation' in change && !change.operation) {
      delete next.operation;
    }
    this.#writing++;
    try {
      return this.host.store(
        this.host.typeOf('applications.argoproj.io')!,
        next,
        { manager: CONTROLLER },
      );
    } finally {
      this.#writing--;
    }
  }

  #repositoryOf(view: ApplicationView): GitRepository {
    const repository = this.#options.repository(view.source.repoURL);
    if (!repository) {
      throw ArgoError.failedPrecondition(
        `failed to list refs: repository not found: ${view.source.repoURL}`,
      );
    }
    return repository;
  }

  #existing(name: string): KubernetesObject {
    const application = this.application(name);
    if (!application) {
      throw ArgoError.notFound('applications', name);
    }
    return application;
  }

  #time(): string {
    return timestamp(this.#options.now());
  }
}
