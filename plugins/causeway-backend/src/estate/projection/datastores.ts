import type { ImageReference } from './images';

/**
 * Well-known images of databases, caches and queues, by the last segment of
 * their path, and what people call them.
 */
const engines: Record<string, string> = {
  postgres: 'PostgreSQL',
  postgresql: 'PostgreSQL',
  postgis: 'PostgreSQL',
  timescaledb: 'TimescaleDB',
  'timescaledb-ha': 'TimescaleDB',
  spilo: 'PostgreSQL',
  cockroach: 'CockroachDB',
  mysql: 'MySQL',
  'mysql-server': 'MySQL',
  mariadb: 'MariaDB',
  mongo: 'MongoDB',
  mongodb: 'MongoDB',
  'mongodb-community-server': 'MongoDB',
  redis: 'Redis',
  'redis-stack': 'Redis',
  'redis-stack-server': 'Redis',
  'redis-cluster': 'Redis',
  valkey: 'Valkey',
  keydb: 'KeyDB',
  memcached: 'Memcached',
  dragonfly: 'Dragonfly',
  rabbitmq: 'RabbitMQ',
  kafka: 'Kafka',
  'cp-kafka': 'Kafka',
  redpanda: 'Redpanda',
  nats: 'NATS',
  activemq: 'ActiveMQ',
  pulsar: 'Pulsar',
  zookeeper: 'ZooKeeper',
  etcd: 'etcd',
  elasticsearch: 'Elasticsearch',
  opensearch: 'OpenSearch',
  cassandra: 'Cassandra',
  scylla: 'ScyllaDB',
  clickhouse: 'ClickHouse',
  'clickhouse-server': 'ClickHouse',
  influxdb: 'InfluxDB',
  neo4j: 'Neo4j',
  minio: 'MinIO',
};

/** Whose images of these names can be taken at their word. */
const wellKnownHomes = new Set([
  'library',
  'bitnami',
  'bitnamilegacy',
  'timescale',
  'postgis',
  'cockroachdb',
  'mysql',
  'mongodb',
  'redis',
  'valkey',
  'eqalpha',
  'dragonflydb',
  'apache',
  'confluentinc',
  'redpandadata',
  'elasticsearch',
  'opensearchproject',
  'scylladb',
  'clickhouse',
  'minio',
  'coreos',
  'etcd-development',
  'zalando',
  'nats-io',
]);

/**
 * The engine of a datastore or queue, told by its image; `undefined` for
 * anything else. A team's own image that merely ends like one
 * (`ghcr.io/meridian/redis`) is a datastore too: nothing else is called so,
 * but for paths below a repository (`ghcr.io/meridian/shop/redis`).
 */
export function datastoreEngine({ path }: ImageReference): string | undefined {
  const segments = path.toLowerCase().split('/');
  const name = segments[segments.length - 1];
  const engine = Object.hasOwn(engines, name) ? engines[name] : undefined;
  if (!engine) {
    return undefined;
  }
  const home = segments[segments.length - 2];
  return segments.length <= 2 || wellKnownHomes.has(home) ? engine : undefined;
}
