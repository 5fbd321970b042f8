import { ClusterSeed } from '../seed/model';
import { createRandom } from '../world/random';
import { serviceIdentity, ServiceIdentity } from './serviceIdentity';

/** A database, cache or queue that a service brings along. */
export interface DatastorePlan {
  name: string;
  image: string;
  port: number;
  scheme: string;
}

/** What is made up of one service, the same in all its clusters. */
export interface ServicePlan extends ServiceIdentity {
  image: string;
  version: string;
  /** Clusters that it runs in. */
  clusters: ClusterSeed[];
  /** Services that it calls; each runs wherever this one does. */
  calls: ServiceIdentity[];
  datastore?: DatastorePlan;
  exposed: boolean;
  autoscaled: boolean;
  budget: boolean;
  cronJob: boolean;
  /** Plain settings beside the addresses. */
  settings: number;
  /** Minutes after the estate's birth. */
  age: number;
}

const engines = [
  { image: 'postgres:16.4', port: 5432, scheme: 'postgres', suffix: 'db' },
  { image: 'redis:7.4', port: 6379, scheme: 'redis', suffix: 'cache' },
  { image: 'rabbitmq:3.13', port: 5672, scheme: 'amqp', suffix: 'queue' },
  { image: 'mongo:7.0', port: 27017, scheme: 'mongodb', suffix: 'store' },
];

/** Share of the services that run in a cluster of an environment. */
const presence = { development: 0.95, staging: 0.9, production: 0.85 };

/** An independent source of chance for each service and purpose. */
function chanceOf(seed: number, number: number, purpose: number) {
  const random = createRandom(
    Math.imul(seed + 1, 0x9e3779b1) ^
      Math.imul(number + 1, 0x85ebca6b) ^
      Math.imul(purpose + 1, 0xc2b2ae35),
  );
  random();
  return random;
}

/** Names of the clusters in which a service runs: at least one. */
function clustersOf(
  seed: number,
  number: number,
  clusters: ClusterSeed[],
): ClusterSeed[] {
  const random = chanceOf(seed, number, 1);
  const wanted = clusters.map(one => random() < presence[one.environment]);
  const fallback = Math.floor(random() * clusters.length);
  return clusters.filter(
    (_, at) => wanted[at] || (!wanted.includes(true) && at === fallback),
  );
}

/**
 * Makes up one service. It refers to services with smaller numbers only, so
 * that a larger estate of the same seed contains the smaller one.
 */
export function planService(options: {
  seed: number;
  number: number;
  clusters: ClusterSeed[];
}): ServicePlan {
  const { seed, number } = options;
  const identity = serviceIdentity(number);
  const random = chanceOf(seed, number, 2);
  const clusters = clustersOf(seed, number, options.clusters);
  const calls = new Map<number, ServiceIdentity>();
  const wanted = number === 0 ? 0 : Math.floor(random() * 4);
  for (let at = 0; at < wanted; at += 1) {
    // Most calls stay near: real estates are made of neighbourhoods.
    const reach = random() < 0.7 ? Math.min(number, 24) : number;
    const target = number - 1 - Math.floor(random() * reach);
    const there = clustersOf(seed, target, options.clusters);
    if (clusters.every(cluster => there.includes(cluster))) {
      calls.set(target, serviceIdentity(target));
    }
  }
  const engine = engines[Math.floor(random() * engines.length)];
  const hasDatastore = random() < 0.2;
  return {
    ...identity,
    image: `ghcr.io/meridian/${identity.name}`,
    version: `${1 + Math.floor(random() * 4)}.${Math.floor(random() * 30)}.${Math.floor(random() * 10)}`,
    clusters,
    calls: [...calls.values()],
    ...(hasDatastore && {
      datastore: {
        name: `${identity.name}-${engine.suffix}`,
        image: engine.image,
        port: engine.port,
        scheme: engine.scheme,
      },
    }),
    exposed: random() < 0.3,
    autoscaled: random() < 0.7,
    budget: random() < 0.6,
    cronJob: random() < 0.2,
    settings: Math.floor(random() * 2),
    age: Math.floor(random() * 400_000),
  };
}
