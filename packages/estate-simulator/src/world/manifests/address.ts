import { CallSeed, CompanySeed, DatastoreSeed } from '../../seed/model';

const enginePorts: Record<DatastoreSeed['engine'], number> = {
  postgres: 5432,
  redis: 6379,
  rabbitmq: 5672,
  mongo: 27017,
};

const engineSchemes: Record<DatastoreSeed['engine'], string> = {
  postgres: 'postgres',
  redis: 'redis',
  rabbitmq: 'amqp',
  mongo: 'mongodb',
};

/** TCP port of a kind of datastore. */
export function datastorePort(engine: DatastoreSeed['engine']): number {
  return enginePorts[engine];
}

/**
 * The text that a workload's settings hold for a call. A connection string
 * carries a canary for a password, which must never leave the cluster.
 */
export function addressText(
  company: CompanySeed,
  call: CallSeed,
  fromNamespace: string,
): string {
  const [namespace, name] = call.to.split('/');
  const { port, engine } = targetOf(company, namespace, name);
  switch (call.form) {
    case 'url':
      return `http://${name}.${namespace}.svc.cluster.local:${port}`;
    case 'short-url':
      return `http://${name}.${namespace}:${port}/v1`;
    case 'local-url':
      return `http://${name}:${port}`;
    case 'svc':
      return `http://${name}.${namespace}.svc:${port}/`;
    case 'host-port':
      return `${name}.${namespace}:${port}`;
    case 'local-host-port':
      return `${name}:${port}`;
    case 'connection': {
      const host =
        namespace === fromNamespace
          ? name
          : `${name}.${namespace}.svc.cluster.local`;
      const scheme = engineSchemes[engine ?? 'postgres'];
      const path = name.replace(/-(db|queue|cache)$/, '');
      return `${scheme}://app:CANARY-SECRET-${name}@${host}:${port}/${path}`;
    }
    default:
      throw new Error(`Unknown address form '${call.form}' of ${call.to}`);
  }
}

function targetOf(
  company: CompanySeed,
  namespace: string,
  name: string,
): { port: number; engine?: DatastoreSeed['engine'] } {
  const datastore = company.datastores.find(
    store => store.namespace === namespace && store.name === name,
  );
  if (datastore) {
    return {
      port: datastorePort(datastore.engine),
      engine: datastore.engine,
    };
  }
  const unmanagedStore = company.unmanagedDatastores.find(
    store => store.namespace === namespace && store.name === name,
  );
  const port =
    unmanagedStore?.port ??
    [
      ...company.services.flatMap(service =>
        service.workloads.map(workload => ({
          namespace: service.namespace,
          workload,
        })),
      ),
      ...company.unmanaged,
    ].find(
      candidate =>
        candidate.namespace === namespace && candidate.workload.name === name,
    )?.workload.port;
  if (port === undefined) {
    throw new Error(`Nothing listens at ${namespace}/${name}`);
  }
  return { port };
}
