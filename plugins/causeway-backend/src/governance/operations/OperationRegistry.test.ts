import {
  createOperation,
  type Operation,
} from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';
import { OperationRegistry } from './OperationRegistry';

function operation(changes: Partial<Operation> = {}): Operation {
  const nothing = async () => {
    throw new Error('not here');
  };
  return {
    ...createOperation({
      name: 'drain-queue',
      version: '1',
      title: 'Drain a queue',
      description: 'Reads all messages of a queue',
      class: 'application',
      capability: 'queue-draining',
      targetTypes: ['datastore'],
      effects: ['Empties a queue'],
      idempotent: true,
      input: z.strictObject({ keep: z.number().int().default(0) }),
      examples: [
        { title: 'All', target: 'resource:default/orders-queue', input: {} },
      ],
      bind: nothing,
      plan: nothing,
      estimate: nothing,
      execute: nothing,
      verify: nothing,
    }),
    ...changes,
  };
}

describe('OperationRegistry', () => {
  it('trusts what it brings itself, and of others what configuration names', () => {
    const registry = new OperationRegistry(['rotate', 'mistyped']);
    registry.register(operation({ name: 'scale' }), { builtIn: true });
    const others = registry.extensionPoint();
    others.addOperation(operation({ name: 'drain' }));
    others.addOperation(operation({ name: 'rotate' }));
    expect(
      ['scale', 'drain', 'rotate'].map(name => registry.trusts(name)),
    ).toEqual([true, false, true]);
    expect(registry.missing()).toEqual(['mistyped']);
  });

  it('describes what is registered', () => {
    const registry = new OperationRegistry();
    registry.extensionPoint().addOperation(operation());
    expect(registry.describe()).toEqual([
      {
        name: 'drain-queue',
        version: '1',
        title: 'Drain a queue',
        description: 'Reads all messages of a queue',
        class: 'application',
        capability: 'queue-draining',
        targetTypes: ['datastore'],
        effects: ['Empties a queue'],
        idempotent: true,
        reversible: false,
        inputSchema: {
          $schema: 'https://json-schema.org/draft/2020-12/schema',
          type: 'object',
          properties: {
            keep: {
              type: 'integer',
              default: 0,
              minimum: Number.MIN_SAFE_INTEGER,
              maximum: Number.MAX_SAFE_INTEGER,
            },
          },
          additionalProperties: false,
        },
        examples: [
          { title: 'All', target: 'resource:default/orders-queue', input: {} },
        ],
      },
    ]);
    expect(registry.get('drain-queue').title).toBe('Drain a queue');
  });

  it('knows what is not there', () => {
    const registry = new OperationRegistry();
    expect(registry.has('drain-queue')).toBe(false);
    expect(() => registry.get('drain-queue')).toThrow('there are none');
    expect(() => registry.hash('drain-queue')).toThrow('there are none');
  });

  it('has a hash that changes with what is declared', () => {
    const hashOf = (changes?: Partial<Operation>) => {
      const registry = new OperationRegistry();
      registry.register(operation(changes));
      return registry.hash('drain-queue');
    };
    expect(hashOf()).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf()).toBe(hashOf());
    const others = [
      hashOf({ version: '2' }),
      hashOf({ class: 'migration' }),
      hashOf({ idempotent: false }),
      hashOf({ targetTypes: ['queue'] }),
      hashOf({ rollback: async () => ({ message: '' }) }),
      hashOf({ input: z.strictObject({}) }),
    ];
    expect(new Set([hashOf(), ...others]).size).toBe(others.length + 1);
  });

  it('stops the start at a second one of the same name', () => {
    const registry = new OperationRegistry();
    registry.register(operation());
    expect(() => registry.register(operation({ title: 'Another' }))).toThrow(
      "Two operations are named 'drain-queue'",
    );
  });

  it.each<[string, Partial<Operation>]>([
    ['name must be', { name: 'Drain queue' }],
    ['name must be', { name: 'drain-'.repeat(10) }],
    ['capability must be', { capability: '' }],
    ['version must not be empty', { version: '' }],
    ['targetTypes must name', { targetTypes: [] }],
    ['effects must say', { effects: [] }],
    ['input must be an object schema', { input: z.string() as any }],
    ['input must be an object schema', { input: {} as any }],
    ['must be a z.strictObject', { input: z.object({}) }],
    [
      'is not accepted',
      {
        examples: [
          { title: 'Bad', target: 'resource:default/a', input: { a: 1 } },
        ],
      },
    ],
    [
      'no entity reference',
      { examples: [{ title: 'Bad', target: 'a', input: {} }] },
    ],
  ])('stops the start: %s', (message, changes) => {
    expect(() => new OperationRegistry().register(operation(changes))).toThrow(
      message,
    );
  });
});
