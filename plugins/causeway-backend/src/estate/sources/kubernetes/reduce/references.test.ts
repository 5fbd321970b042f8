import fc from 'fast-check';
import { extractHosts, extractReferences } from './references';

/** Text in which everything but a host must be gone. */
const secret = fc
  .stringMatching(/^[A-Za-z0-9!$%^&*()_+=~.,:;?/#@-]{1,20}$/)
  .map(noise => `CANARY${noise}`);

describe('extractHosts', () => {
  it.each([
    [
      'LEDGER_URL',
      'http://ledger.core-banking:8080/v1?x=1',
      'ledger.core-banking:8080',
    ],
    [
      'DATABASE_URL',
      'postgres://app:s3cr3t@payments-db:5432/app',
      'payments-db:5432',
    ],
    ['DATABASE_URL', 'postgres://app:p@ss@payments-db/app', 'payments-db'],
    ['BROKERS', 'kafka-0:9092,kafka-1:9092', 'kafka-0:9092 kafka-1:9092'],
    ['MONGO', 'mongodb://u:p@a:27017,b:27017/db', 'a:27017 b:27017'],
    ['REDIS_HOST', 'cache', 'cache'],
    ['TARGET', 'cart.shop.svc.cluster.local', 'cart.shop.svc.cluster.local'],
    ['JDBC', 'jdbc:postgresql://db:5432/x?user=a&password=b', 'db:5432'],
    ['PG_DSN', 'host=db port=5432 user=app password=x', 'db:5432'],
    ['TOKEN_URL', 'https://auth.example.com/token', 'auth.example.com'],
    ['CONFIG', '{"url":"http://ledger:80/","password":"x"}', 'ledger:80'],
    ['HOST', '0.0.0.0', ''],
    ['URL', 'http://localhost:3000', ''],
    ['URL', 'http://$(HOST):80/', ''],
    ['PASSWORD', 'https://hunter2.example', ''],
    ['API_KEY', 'SG.abcdefgh.ijklmnop', ''],
    ['JWT', 'eyjhbgci.eyjzdwii.sflkxw', ''],
    ['BASIC_AUTH', 'admin:12345', ''],
    ['GREETING', 'hello', ''],
    ['DATABASE_URL', 'postgres://app:12/34@payments-db/app', ''],
  ])('%s=%s', (name, value, expected) => {
    expect(
      extractHosts(name, value)
        .map(({ host, port }) => (port ? `${host}:${port}` : host))
        .join(' '),
    ).toBe(expected);
  });

  it('lets nothing through of user information, path, query or plain text', () => {
    fc.assert(
      fc.property(
        secret,
        secret,
        fc.constantFrom('DATABASE_URL', 'UPSTREAM', 'DB_PASSWORD', 'CONFIG'),
        (first, second, name) => {
          for (const value of [
            `postgres://app:${first}@db:5432/${second}`,
            `postgres://${first}:${second}@db:5432/app?x=${first}#${second}`,
            `https://${first}@db/${second}`,
            `host=db port=5432 user=app password=${first.replace(/\s/g, '')}`,
            `{"url":"http://db:80/${first}","password":"${second}"}`,
          ]) {
            expect(JSON.stringify(extractHosts(name, value))).not.toMatch(
              /canary/i,
            );
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('keeps nothing of plain secrets under telling names', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom('DB_PASSWORD', 'API_TOKEN', 'SECRET', 'PRIVATE_KEY'),
        (value, name) => {
          expect(extractHosts(name, value)).toEqual([]);
        },
      ),
    );
  });

  // Backtracking would run into the test's own time limit.
  it('finishes on anything that repeats', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a://', 'host=', '@', ':', '.', 'a=a ', '/'),
        fc.integer({ min: 1, max: 4096 }),
        (part, times) => {
          expect(extractHosts('URL', part.repeat(times))).toEqual(
            expect.any(Array),
          );
        },
      ),
    );
  });
});

describe('a text made to be slow', () => {
  it('is read at once', () => {
    // With a pattern that tries every way to split it, this takes hours.
    expect(extractHosts('OPTIONS', `${'a='.repeat(2000)} !`)).toEqual([]);
  });
});

describe('extractReferences', () => {
  it('says where a host was found, in environment and arguments', () => {
    expect(
      extractReferences({
        name: 'web',
        env: [{ name: 'LEDGER_URL', value: 'http://ledger:8080' }],
        args: [
          '--redis-addr=cache:6379',
          '--cart-host',
          'cart',
          '--password',
          'cart2',
        ],
      }),
    ).toEqual([
      { host: 'ledger', port: 8080, where: 'container web, env LEDGER_URL' },
      { host: 'cache', port: 6379, where: 'container web, argument 1' },
      { host: 'cart', where: 'container web, argument 3' },
    ]);
  });
});
