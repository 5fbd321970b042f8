import type { JsonValue } from '@backstage/types';
import type {
  PlannedChange,
  PlannedQuantity,
} from '@causeway/backstage-plugin-causeway-common';
import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import { parseQuantity } from '../../../estate/sources/kubernetes/reduce/quantity';
import { findSecret } from '../../requests/findSecrets';
import { isWorkloadKind } from '../kubernetes/workloads';
import { nameOf } from './editYaml';
import type { PlannedFile } from './plannedFiles';
import type { YamlStep } from './yamlPath';

/** Before and after of every value, without what looks like a secret. */
export function describeChanges(
  planned: readonly PlannedFile[],
): PlannedChange[] {
  return planned.flatMap(({ file, edited }) =>
    edited.values.map(({ steps, before, after }) => {
      const path = showSteps(steps);
      if (looksSecret(steps, after)) {
        throw new OperationRefusal({
          code: 'secret-in-file',
          reason: `What ${path} of ${file.path} shall be looks like a secret`,
          hint: 'Put it where your secrets are kept, and refer to it: Git and the gate keep what they were told',
        });
      }
      const shown = looksSecret(steps, before)
        ? '(looks like a secret)'
        : before;
      return {
        path,
        label: `${steps.at(-1)!.text} in ${file.path}`,
        ...(before !== undefined && { before: shown as JsonValue }),
        after,
      };
    }),
  );
}

function looksSecret(steps: readonly YamlStep[], value: unknown): boolean {
  return steps
    .slice(-2)
    .some(({ text }) => findSecret({ [text]: value }) !== undefined);
}

function showSteps(steps: readonly YamlStep[]): string {
  return steps.reduce(
    (shown, { text, bracket }) =>
      bracket ? `${shown}[${text}]` : `${shown}${shown && '.'}${text}`,
    '',
  );
}

const quantityNames: [RegExp, string, string][] = [
  [/^spec\.replicas$/, 'replicas', 'pods'],
  [/\.resources\.requests\.cpu$/, 'cpuRequest', 'cores'],
  [/\.resources\.requests\.memory$/, 'memoryRequest', 'bytes'],
];

const growth = ({ baseline, proposed }: PlannedQuantity) =>
  baseline ? proposed / baseline : Infinity;

/**
 * Numbers that policy bounds. What stands in Git is the last value that was
 * meant, hence the baseline. Of several with one name the one that grows most
 * counts.
 */
export function findQuantities(
  planned: readonly PlannedFile[],
): PlannedQuantity[] {
  const byName = new Map<string, PlannedQuantity>();
  for (const { edited } of planned) {
    for (const { steps, document, before, after } of edited.values) {
      const kind = nameOf(edited.before[document])?.kind ?? '';
      const known = quantityNames.find(([path]) => path.test(showSteps(steps)));
      const proposed = parseQuantity(after);
      if (!isWorkloadKind(kind) || !known || proposed === undefined) {
        continue;
      }
      const [, name, unit] = known;
      const current = parseQuantity(before);
      const quantity: PlannedQuantity = {
        name,
        current: current ?? 0,
        proposed,
        ...(current !== undefined && { baseline: current }),
        unit,
      };
      const other = byName.get(name);
      if (!other || growth(quantity) > growth(other)) {
        byName.set(name, quantity);
      }
    }
  }
  return [...byName.values()];
}
