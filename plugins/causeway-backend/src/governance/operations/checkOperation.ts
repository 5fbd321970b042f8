import { InputError } from '@backstage/errors';
import { parseEntityRef } from '@backstage/catalog-model';
import type { Operation } from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const longestName = 50;

/**
 * Holds an operation to what the gate counts on. Other plugins add operations
 * too, and in plain JavaScript a schema of another zod becomes an empty one
 * without a word.
 *
 * @throws InputError that names the operation and what is wrong with it
 */
export function checkOperation(operation: Operation): void {
  const fail = (what: string): never => {
    throw new InputError(`Operation '${operation.name}': ${what}`);
  };
  if (
    !namePattern.test(operation.name) ||
    operation.name.length > longestName
  ) {
    fail(
      `name must be lower-case words with dashes, at most ${longestName} characters`,
    );
  }
  if (!namePattern.test(operation.capability)) {
    fail('capability must be lower-case words with dashes');
  }
  for (const field of ['version', 'title', 'description'] as const) {
    if (!operation[field]) {
      fail(`${field} must not be empty`);
    }
  }
  if (operation.targetTypes.length === 0) {
    fail('targetTypes must name the spec.type of at least one kind of entity');
  }
  if (operation.effects.length === 0) {
    fail('effects must say what it does to the world');
  }
  if (!(operation.input instanceof z.ZodObject)) {
    fail('input must be an object schema of zod 4');
  }
  if (
    z.toJSONSchema(operation.input, { io: 'input' }).additionalProperties !==
    false
  ) {
    fail(
      'input must be a z.strictObject: what is not declared could change what it does, unseen',
    );
  }
  for (const { title, target, input } of operation.examples) {
    const parsed = operation.input.safeParse(input);
    if (!parsed.success) {
      fail(`example '${title}' is not accepted: ${parsed.error.message}`);
    }
    try {
      parseEntityRef(target);
    } catch {
      fail(`example '${title}' has a target that is no entity reference`);
    }
  }
}
