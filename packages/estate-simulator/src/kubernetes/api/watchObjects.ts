import { Response } from 'express';
import { KubernetesObject, ObjectEvent, ResourceType } from '../model';
import { apiVersionOf, isCustomGroup, typeName } from '../objects/builtInTypes';
import { RecordedEvent } from '../objects/EventHistory';
import { expired, StatusError } from '../objects/StatusError';
import { ApiContext } from './ApiContext';
import { ApiRequest, isSet } from './ApiRequest';
import { negotiate } from './mediaTypes';
import { objectFilterOf } from './objectFilter';
import { createPresenter } from './representations';
import { resourceVersionOf } from './resourceVersions';

const defaultTimeoutSeconds = 1800;
const maxUnsentBytes = 64 * 1024 * 1024;

const emptyTemplate = {
  metadata: { creationTimestamp: null },
  spec: { containers: null },
};
const emptySpecs: Record<string, unknown> = {
  Deployment: {
    replicas: 0,
    selector: null,
    template: emptyTemplate,
    strategy: {},
  },
  ReplicaSet: { selector: null },
  StatefulSet: {
    selector: null,
    template: emptyTemplate,
    serviceName: '',
    updateStrategy: {},
  },
  DaemonSet: { selector: null, template: emptyTemplate, updateStrategy: {} },
};

/** A bookmark carries an empty object of the type with the version reached. */
function bookmark(type: ResourceType, resourceVersion: number) {
  const base = {
    kind: type.kind,
    apiVersion: apiVersionOf(type),
    metadata: {
      resourceVersion: String(resourceVersion),
      creationTimestamp: null,
    },
  };
  if (isCustomGroup(type.group)) return base;
  const spec = emptySpecs[type.kind];
  const hasStatus = type.subresources?.includes('status');
  return {
    ...base,
    ...(spec || hasStatus ? { spec: spec ?? {} } : {}),
    ...(hasStatus ? { status: {} } : {}),
  };
}

/**
 * Streams events, a JSON document a line, until `timeoutSeconds` are over or
 * the client goes. A watch that cannot start at the wanted version gets one
 * `ERROR` event in a 200 answer, as from the real server.
 */
export function watchObjects(
  context: ApiContext,
  request: ApiRequest,
  type: ResourceType,
  response: Response,
): void {
  const { cluster, timers } = context;
  const { query } = request;
  const representation = negotiate(String(request.headers.accept ?? ''));
  const filter = objectFilterOf(type, request);
  const from = resourceVersionOf(query);
  const timeoutSeconds =
    Number(query.get('timeoutSeconds') ?? 0) || defaultTimeoutSeconds;

  response.status(200);
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Cache-Control', 'no-cache, private');
  response.flushHeaders();

  const cleanups: (() => void)[] = [];
  const stop = () => cleanups.splice(0).forEach(cleanup => cleanup());
  const send = (event: string, object: unknown) => {
    response.write(`${JSON.stringify({ type: event, object })}\n`);
    // A reader that stands still must not fill the memory.
    if (response.writableLength > maxUnsentBytes) response.destroy();
  };
  const fail = (error: StatusError) => {
    send('ERROR', error.status);
    response.end();
  };

  if (isSet(query, 'sendInitialEvents')) {
    fail(
      new StatusError({
        code: 500,
        reason: 'InternalError',
        message:
          'a watch stream was requested by the client but the required storage feature RequestWatchProgress is disabled',
      }),
    );
    return;
  }
  if (from && from < cluster.compactedResourceVersion) {
    fail(
      expired(
        `too old resource version: ${from} (${cluster.compactedResourceVersion})`,
      ),
    );
    return;
  }

  const presenterNow = () =>
    createPresenter({ type, representation, query, now: cluster.now() });
  const sendObject = (event: string, object: KubernetesObject) =>
    send(event, presenterNow().one(object));
  const watched = typeName(type);
  // An object that starts or stops to match comes and goes for this watcher.
  const sendEvent = (event: ObjectEvent & Partial<RecordedEvent>) => {
    const matched = event.previous ? filter.matches(event.previous) : false;
    const matches = event.type !== 'DELETED' && filter.matches(event.object);
    if (matches) sendObject(matched ? 'MODIFIED' : 'ADDED', event.object);
    else if (matched) sendObject('DELETED', event.object);
  };
  const sendBookmark = () =>
    send('BOOKMARK', bookmark(type, cluster.resourceVersion));

  if (from) {
    cluster.eventsSince(type, from).forEach(sendEvent);
  } else {
    for (const [, object] of cluster.entriesAt(
      type,
      cluster.resourceVersion,
      request.namespace,
    )) {
      if (filter.matches(object)) sendObject('ADDED', object);
    }
  }
  cleanups.push(
    cluster.subscribe(event => {
      if (
        typeName(event.resourceType) === watched &&
        event.resourceVersion > (from ?? 0)
      ) {
        sendEvent(event);
      }
    }),
  );

  const bookmarks = isSet(query, 'allowWatchBookmarks');
  if (bookmarks) {
    let cancel = () => {};
    const schedule = () => {
      cancel = timers.after(context.bookmarkIntervalMs, () => {
        sendBookmark();
        schedule();
      });
    };
    schedule();
    cleanups.push(() => cancel());
  }
  cleanups.push(
    timers.after(timeoutSeconds * 1000, () => {
      stop();
      if (bookmarks) sendBookmark();
      response.end();
    }),
  );
  response.on('close', stop);
}
