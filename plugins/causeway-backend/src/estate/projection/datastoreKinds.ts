/*
 * Claims and managed resources tell by their kind that they are a database, a
 * cache or a queue: a company calls them what they are, and so do providers.
 */

/** Words of a kind, the more exact ones first, and what people call what they stand for. */
const words: [word: string, engine: string][] = [
  ['aurorapostgres', 'PostgreSQL'],
  ['postgres', 'PostgreSQL'],
  ['mariadb', 'MariaDB'],
  ['mysql', 'MySQL'],
  ['mssql', 'SQL Server'],
  ['sqlserver', 'SQL Server'],
  ['mongo', 'MongoDB'],
  ['documentdb', 'DocumentDB'],
  ['dynamodb', 'DynamoDB'],
  ['cassandra', 'Cassandra'],
  ['cosmosdb', 'Cosmos DB'],
  ['opensearch', 'OpenSearch'],
  ['elasticsearch', 'Elasticsearch'],
  ['clickhouse', 'ClickHouse'],
  ['cockroach', 'CockroachDB'],
  ['redis', 'Redis'],
  ['valkey', 'Valkey'],
  ['memcached', 'Memcached'],
  ['rabbitmq', 'RabbitMQ'],
  ['kafka', 'Kafka'],
  ['database', 'database'],
  ['sqlinstance', 'database'],
  ['messagequeue', 'queue'],
  ['queue', 'queue'],
  ['cache', 'cache'],
];

/** Kinds of providers whose own name says little, by the first part of their group. */
const providerKinds: Record<string, string> = {
  'rds instance': 'database',
  'rds cluster': 'database',
  'rds dbinstance': 'database',
  'rds dbcluster': 'database',
  'docdb cluster': 'DocumentDB',
  'dynamodb table': 'DynamoDB',
  'elasticache cluster': 'cache',
  'elasticache replicationgroup': 'cache',
  'memorydb cluster': 'cache',
  'sqs queue': 'queue',
  'mq broker': 'queue',
  'opensearch domain': 'OpenSearch',
  'cache rediscache': 'Redis',
  'redis instance': 'Redis',
  'spanner instance': 'Spanner',
  'alloydb cluster': 'AlloyDB',
};

/** Parts of a database that are none themselves: `SubnetGroup`, `DatabaseUser`. */
const parts =
  /(?:backup|grant|group|member|network|parameter|parameters|policy|role|rule|schema|snapshot|subnet|user)s?$/;

/**
 * The engine of what a kind stands for; `undefined` where that is no datastore.
 *
 * @param engine - what the object itself says of its engine: `postgres`
 */
export function engineOfKind(
  group: string,
  kind: string,
  engine?: string,
): string | undefined {
  const name = kind.toLowerCase();
  const known = providerKinds[`${group.split('.')[0]} ${name}`];
  const found =
    known ??
    (parts.test(name)
      ? undefined
      : words.find(([word]) => name.includes(word))?.[1]);
  if (found === undefined || found[0] !== found[0].toLowerCase()) {
    return found;
  }
  const told = engine?.toLowerCase().replace(/[^a-z]/g, '') ?? '';
  return words.find(([word]) => told.includes(word))?.[1] ?? found;
}
