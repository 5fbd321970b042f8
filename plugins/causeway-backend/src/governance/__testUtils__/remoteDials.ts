import {
  createOperation,
  type Operation,
  OperationRefusal,
  OutcomeUnknown,
} from '@causeway/backstage-plugin-causeway-node';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { GateWorld } from './createStoredGate';
import type { DialWrite } from './HttpWorld';

const prefix = 'resource:default/';

const fieldsHash = (value: number) =>
  createHash('sha256').update(`value ${value}`).digest('hex');

/** The dials of an `HttpWorld`, as the replica of this name turns them. */
export function remoteDials(url: string, worker: string): GateWorld {
  const look = async (
    name: string,
    last = false,
  ): Promise<number | undefined> => {
    const answer = await fetch(`${url}/${name}${last ? `/${worker}` : ''}`);
    const { value } = (await answer.json()) as { value?: number };
    return answer.ok ? value : undefined;
  };
  const require = async (name: string, last?: boolean) => {
    const value = await look(name, last);
    if (value === undefined) {
      throw new OperationRefusal({
        code: 'no-such-target',
        reason: `There is no dial ${name}`,
        hint: 'Name one that is there',
      });
    }
    return value;
  };
  const operation = (name: string, idempotent: boolean): Operation =>
    createOperation({
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
      bind: async ({ target }) => ({
        source: target.source,
        sourceKind: 'kubernetes',
        address: url,
        apiVersion: 'lab/v1',
        kind: 'Dial',
        name: target.name,
        uid: target.name,
        fieldsHash: fieldsHash(await require(target.name)),
      }),
      plan: async ({ input, binding }) => {
        const value = await require(binding.name);
        return {
          summary: `Turn ${binding.name} from ${value} to ${input.value}`,
          changes: [
            {
              path: 'value',
              label: 'Value',
              before: value,
              after: input.value,
            },
          ],
          quantities: [
            {
              name: 'value',
              current: value,
              proposed: input.value,
              baseline: 10,
            },
          ],
          warnings: [],
          disruptive: false,
          dryRun: { done: true },
        };
      },
      estimate: async () => ({
        currency: 'USD',
        before: 0,
        after: 1,
        delta: 1,
        parts: [],
      }),
      execute: async ({ binding, plan, input, requestId }) => {
        const from = Number(plan.changes[0].before);
        const changed = new OperationRefusal({
          code: 'target-changed',
          reason: 'The dial was turned by somebody else',
          hint: 'Ask again',
        });
        if (
          fieldsHash(await require(binding.name, true)) !== fieldsHash(from)
        ) {
          throw changed;
        }
        const write: DialWrite = { from, to: input.value, requestId, worker };
        let answer: Response;
        try {
          answer = await fetch(`${url}/${binding.name}`, {
            method: 'POST',
            body: JSON.stringify(write),
          });
        } catch {
          throw new OutcomeUnknown('The line was cut');
        }
        await answer.text();
        if (!answer.ok) {
          throw changed;
        }
        return { message: `Turned to ${input.value}`, left: { from } };
      },
      verify: async ({ binding, input }) => ({
        state:
          (await require(binding.name)) === input.value ? 'healthy' : 'failed',
        message: 'It was looked at',
      }),
    });
  return {
    operations: [operation('turn', true), operation('turn-once', false)],
    target: async ref => {
      const name = ref.slice(prefix.length);
      const value = await look(name);
      const sourced = (text: string) => ({
        value: text,
        origin: 'platform' as const,
        rule: 'test',
      });
      return value === undefined
        ? undefined
        : {
            entityRef: ref,
            title: name,
            type: 'dial',
            // A queue of its own.
            source: `source-of-${name}`,
            kind: 'Dial',
            name,
            uid: name,
            observed: {},
            owner: sourced('group:default/owners'),
            environment: sourced('production'),
            facts: {},
            freshness: {
              source: 'lab',
              partition: 'lab/-/dials',
              state: 'fresh',
              confirmedAt: 1,
            },
          };
    },
  };
}
