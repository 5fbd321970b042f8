import type { JsonObject } from '@backstage/types';
import type { OperationDescription } from '@causeway/backstage-plugin-causeway-common';
import type { Operation } from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';

/** An operation as it is told to those who ask for it. */
export function describeOperation(operation: Operation): OperationDescription {
  return {
    name: operation.name,
    version: operation.version,
    title: operation.title,
    description: operation.description,
    class: operation.class,
    capability: operation.capability,
    targetTypes: [...operation.targetTypes],
    effects: [...operation.effects],
    idempotent: operation.idempotent,
    reversible: operation.rollback !== undefined,
    // What one sends: a field with a default may be left out.
    inputSchema: z.toJSONSchema(operation.input, {
      io: 'input',
    }) as JsonObject,
    examples: operation.examples.map(example => ({ ...example })),
  };
}
