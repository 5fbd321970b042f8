import type { Operation } from '@causeway/backstage-plugin-causeway-node';
import type { Knex } from 'knex';

/** What a replica that has died throws, at everything that it still tries. */
export class Died extends Error {
  constructor() {
    super('This replica is dead');
  }
}

/**
 * How long a replica lives: until its n-th step towards the outside, which it
 * does not do. Nothing of it reaches the outside from then on. Between two
 * such steps nobody can see where a process ends, so this is every place.
 */
export class Fate {
  #steps = 0;
  #last = Number.POSITIVE_INFINITY;
  #afterCommit = false;
  dead = false;
  /** The step that it died before, or after. */
  epitaph = '';

  /** Lives anew; dies before its n-th step, or right after it where that is a commit. */
  live(last: number, afterCommit = false): void {
    this.#steps = 0;
    this.#last = last;
    this.#afterCommit = afterCommit;
    this.dead = false;
    this.epitaph = '';
  }

  async pass<T>(what: string, step: () => Promise<T>): Promise<T> {
    if (this.dead) {
      throw new Died();
    }
    this.#steps += 1;
    const last = this.#steps === this.#last;
    const after = this.#afterCommit && /^commit/i.test(what);
    if (last && !after) {
      this.#die(`before ${what}`);
    }
    const result = await step();
    if (last) {
      this.#die(`after ${what}`);
    }
    return result;
  }

  #die(epitaph: string): never {
    this.dead = true;
    this.epitaph = epitaph;
    throw new Died();
  }
}

interface Client {
  _query(connection: unknown, query: { sql: string }): Promise<unknown>;
}

/** A database whose every statement is a step of a replica's life. */
export function mortalDatabase(knex: Knex, fate: Fate): Knex {
  const proto: Client = Object.getPrototypeOf(knex.client);
  const mortal: Client = Object.create(proto, {
    _query: {
      value(this: Client, connection: unknown, query: { sql: string }) {
        const run = (sql = query.sql) =>
          proto._query.call(this, connection, Object.assign(query, { sql }));
        // The server rolls back what a lost connection had begun.
        return /^rollback/i.test(query.sql)
          ? run()
          : fate.pass(query.sql, run).catch(async error => {
              if (error instanceof Died && /^commit/i.test(query.sql)) {
                await proto._query
                  .call(this, connection, { sql: 'ROLLBACK' })
                  // After the commit there is nothing to roll back.
                  .catch(() => {});
              }
              throw error;
            });
      },
    },
  });
  Object.setPrototypeOf(knex.client, mortal);
  // Knex makes the client of a transaction of this.
  Object.defineProperty(mortal, 'constructor', {
    value: { prototype: mortal },
  });
  return knex;
}

/** An operation whose every call is a step of a replica's life. */
export function mortalOperation(operation: Operation, fate: Fate): Operation {
  const { rollback } = operation;
  return {
    ...operation,
    bind: step => fate.pass('bind', () => operation.bind(step)),
    plan: step => fate.pass('plan', () => operation.plan(step)),
    execute: step => fate.pass('write', () => operation.execute(step)),
    verify: step => fate.pass('verify', () => operation.verify(step)),
    ...(rollback && {
      rollback: step => fate.pass('write back', () => rollback(step)),
    }),
  };
}
