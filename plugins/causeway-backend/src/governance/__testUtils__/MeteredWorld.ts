import {
  createOperation,
  NothingWritten,
  type Operation,
  OperationRefusal,
  type OperationTarget,
  type Verification,
  OutcomeUnknown,
} from '@causeway/backstage-plugin-causeway-node';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** A thing that operations of the tests turn. */
export interface Dial {
  uid: string;
  value: number;
  /** Ids of the requests that wrote, in order. */
  writes: string[];
}

/** What a step should do instead of its work. */
export type Mishap =
  /** The source says no. */
  | 'refuse'
  | 'unknown'
  | 'unknown-after-write'
  /** A fault of its own, before it wrote anything: nobody but us can tell. */
  | 'break'
  | 'break-after-write'
  /** Something is thrown that is no error. */
  | 'throw-text-after-write';

/** A world of dials, with every write on record. */
export class MeteredWorld {
  readonly dials = new Map<string, Dial>();
  /** Health that `verify` finds. */
  health: 'progressing' | 'healthy' | 'failed' = 'healthy';

  /** How far `verify` says that a long way has come; it throws where that is not known. */
  get way(): Partial<Verification> {
    if (this.#way === 'away') {
      throw new Error('The source is away');
    }
    return this.#way;
  }

  set way(way: Partial<Verification> | 'away') {
    this.#way = way;
  }

  #way: Partial<Verification> | 'away' = {};
  mishap?: Mishap;
  rollbackMishap?: 'refuse' | 'break-after-write';
  /** Who wrote what would be done, as Git tells it. */
  author?: string;
  /** Called right before a write. */
  beforeWrite?: () => Promise<void>;

  dial(ref: string): Dial {
    const dial = this.dials.get(ref);
    if (!dial) {
      throw new OperationRefusal({
        code: 'no-such-target',
        reason: `There is no dial ${ref}`,
        hint: 'Name one that is there',
      });
    }
    return dial;
  }

  target(ref: string): OperationTarget | undefined {
    const dial = this.dials.get(ref);
    return (
      dial && {
        entityRef: ref,
        title: ref,
        type: 'dial',
        source: 'lab',
        kind: 'Dial',
        name: ref,
        uid: dial.uid,
        observed: {},
        owner: {
          value: 'group:default/owners',
          origin: 'platform',
          rule: 'test',
        },
        environment: { value: 'production', origin: 'platform', rule: 'test' },
        facts: {},
        freshness: {
          source: 'lab',
          partition: 'lab/-/dials',
          state: 'fresh',
          confirmedAt: 1,
        },
      }
    );
  }

  operation(name: string, idempotent: boolean): Operation {
    const fieldsHash = (value: number) =>
      createHash('sha256').update(canonicalize({ value })!).digest('hex');
    return createOperation({
      name,
      version: '1',
      title: 'Turn a dial',
      description: 'Turns a dial',
      class: 'application',
      capability: 'dials',
      targetTypes: ['dial'],
      effects: ['The dial shows another number'],
      idempotent,
      input: z.strictObject({ value: z.number().int().min(0).max(100) }),
      examples: [],
      bind: async ({ target }) => {
        const dial = this.dial(target.entityRef);
        return {
          source: 'lab',
          sourceKind: 'kubernetes',
          address: 'https://lab.example',
          apiVersion: 'lab/v1',
          kind: 'Dial',
          name: target.entityRef,
          uid: dial.uid,
          fieldsHash: fieldsHash(dial.value),
        };
      },
      plan: async ({ input, binding }) => {
        const { value } = this.dial(binding.name);
        const change = (before: number, after: number) => [
          { path: 'value', label: 'Value', before, after },
        ];
        return {
          summary: `Turn ${binding.name} from ${value} to ${input.value}`,
          changes: change(value, input.value),
          quantities: [
            {
              name: 'value',
              current: value,
              proposed: input.value,
              baseline: 10,
            },
          ],
          warnings: [],
          rollback: {
            summary: `Turn it back to ${value}`,
            changes: change(input.value, value),
          },
          disruptive: false,
          dryRun: { done: true },
          ...(this.author && { bound: { author: this.author } }),
        };
      },
      estimate: async ({ input, plan }) => ({
        currency: 'USD',
        before: Number(plan.changes[0].before),
        after: input.value,
        delta: input.value - Number(plan.changes[0].before),
        parts: [],
      }),
      execute: async ({ binding, input, requestId }) => {
        const dial = this.dial(binding.name);
        if (this.mishap === 'refuse') {
          throw new NothingWritten('The source said no');
        }
        if (this.mishap === 'break') {
          throw new TypeError('It broke');
        }
        if (this.mishap === 'unknown') {
          throw new OutcomeUnknown('The line was cut');
        }
        await this.beforeWrite?.();
        if (
          dial.uid !== binding.uid ||
          fieldsHash(dial.value) !== binding.fieldsHash
        ) {
          throw new OperationRefusal({
            code: 'target-changed',
            reason: 'The dial was turned by somebody else',
            hint: 'Ask again',
          });
        }
        dial.value = input.value;
        dial.writes.push(requestId);
        if (this.mishap === 'break-after-write') {
          throw new TypeError('It broke');
        }
        if (this.mishap === 'throw-text-after-write') {
          throw 'It broke'; // eslint-disable-line no-throw-literal -- modules may
        }
        if (this.mishap === 'unknown-after-write') {
          throw new OutcomeUnknown('The line was cut');
        }
        return {
          message: `Turned to ${input.value}`,
          left: { value: input.value },
        };
      },
      verify: async () => ({
        state: this.health,
        message: `It is ${this.health}`,
        ...this.way,
      }),
      rollback: async ({ binding, plan, requestId, written }) => {
        const dial = this.dial(binding.name);
        if (dial.value !== written.left.value) {
          throw new OperationRefusal({
            code: 'target-changed',
            reason: 'Somebody turned it in the meantime: it is left as it is',
            hint: 'Look at it',
          });
        }
        if (this.rollbackMishap === 'refuse') {
          throw new NothingWritten('The source said no');
        }
        dial.value = Number(plan.changes[0].before);
        if (this.rollbackMishap === 'break-after-write') {
          throw new TypeError('It broke');
        }
        dial.writes.push(`back:${requestId}`);
        return { message: 'Turned back' };
      },
    });
  }
}
