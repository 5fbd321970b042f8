import {
  SourceError,
  type SourceWatchEvent,
} from '@causeway/backstage-plugin-causeway-node';
import {
  type Asked,
  classifyStatus,
  classifyThrown,
} from '../http/classifyFailure';
import { readLines } from '../http/readLines';
import { integer, record, text } from '../read';
import type { KubernetesClient } from './KubernetesClient';
import type { ItemReader } from './readItem';

/** The server is asked to end a watch after this many seconds; it is then resumed. */
const watchSeconds = 540;

/** One line is one object; larger ones end the watch. */
const maxLineBytes = 8 * 1024 * 1024;

/**
 * Follows a kind from a version. The first batch is empty and says that the
 * watch is open. Ends quietly when the connection does, however it does: the
 * caller resumes from the last version it has seen.
 */
export async function* watchEvents(options: {
  client: KubernetesClient;
  path: string;
  what: string;
  from: string;
  read: ItemReader;
  signal: AbortSignal;
}): AsyncGenerator<SourceWatchEvent[]> {
  const { client, path, what, from, read, signal } = options;
  const query = new URLSearchParams({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: from,
    timeoutSeconds: String(watchSeconds),
  });
  const response = await client.open(`${path}?${query}`, what);
  yield [];
  const asked = client.asked(what);
  try {
    const lines = readLines(response.body, { maxLineBytes, signal });
    for await (const batch of lines) {
      yield batch.flatMap(line => toEvents(line, read, asked));
    }
  } catch (error) {
    throw classifyThrown(asked, error);
  }
}

function toEvents(
  line: string,
  read: ItemReader,
  asked: Asked,
): SourceWatchEvent[] {
  let event;
  try {
    event = record(JSON.parse(line));
  } catch {
    event = undefined;
  }
  const object = record(event?.object);
  if (!event || !object) {
    throw new SourceError({
      reason: 'malformed',
      message: `The watch of ${asked.what} of source ${asked.source} sent what is no event; it is listed again`,
      expired: true,
    });
  }
  const version = text(record(object.metadata)?.resourceVersion, 128);
  switch (event.type) {
    case 'BOOKMARK':
      return [{ type: 'bookmark', version }];
    case 'ADDED':
    case 'MODIFIED': {
      const found = read.object(object);
      if (found.type === 'item') {
        return [{ type: 'upsert', item: found.item, version }];
      }
      return found.type === 'excluded'
        ? [{ type: 'bookmark', version }]
        : [{ type: 'unreadable', key: found.key, version }];
    }
    case 'DELETED': {
      const found = read.object(object);
      const key = found.type === 'item' ? found.item.key : undefined;
      const known =
        key ?? (found.type === 'unreadable' ? found.key : undefined);
      return known
        ? [{ type: 'remove', key: known, version }]
        : [{ type: 'bookmark', version }];
    }
    case 'ERROR':
      throw toFailure(asked, integer(object.code) ?? 500);
    default:
      return [];
  }
}

/** An ERROR event carries the status that the request would have had; the watch's starting point is of no more use. */
function toFailure(asked: Asked, code: number): SourceError {
  const failure = classifyStatus(asked, code, {}, 0);
  return new SourceError({
    reason: failure.reason,
    message: failure.message,
    expired: code === 410,
  });
}
