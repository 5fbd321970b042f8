import { type JsonRecord, text } from '../../read';
import { withoutUserInfo } from './withoutUserInfo';

/** A cluster, by server address or name, and a namespace. */
export function reduceDestination(destination: JsonRecord) {
  const server = text(destination.server, 512);
  return {
    server: server && (withoutUserInfo(server) ?? undefined),
    name: text(destination.name, 253),
    namespace: text(destination.namespace, 253),
  };
}
