import type { JsonObject } from '@backstage/types';
import { createHash } from 'node:crypto';

/** A task as far as an approval binds it: as the scaffolder keeps it. */
export interface TaskSpec {
  parameters?: unknown;
  output?: unknown;
  steps: readonly { id: string; name?: string; action: string }[];
}

/** The steps that are left after one, and a digest of all that decides what they do. */
export interface Remaining {
  steps: { id: string; name?: string; action: string }[];
  /** SHA-256, hex. */
  digest: string;
}

/**
 * What a task still does after a step. The scaffolder shows a step neither the
 * others nor their rendered inputs: these follow from the parameters and the
 * steps as they are written, which are bound, and from what earlier steps give
 * out, which `binds` names where it matters.
 */
export function describeRemaining(
  spec: TaskSpec,
  stepId: string,
  binds: JsonObject | undefined,
): Remaining | undefined {
  const at = spec.steps.findIndex(({ id }) => id === stepId);
  if (at < 0) {
    return undefined;
  }
  const left = spec.steps.slice(at + 1);
  return {
    steps: left.map(({ id, name, action }) => ({
      id,
      ...(name && { name }),
      action,
    })),
    digest: createHash('sha256')
      .update(
        toCanonical({
          parameters: spec.parameters ?? {},
          steps: left,
          output: spec.output ?? {},
          binds: binds ?? {},
        }),
      )
      .digest('hex'),
  };
}

/** JSON with sorted keys: the RFC 8785 form of what came out of JSON. */
function toCanonical(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(
          Object.keys(one)
            .sort()
            .map(key => [key, one[key]]),
        )
      : one,
  );
}
