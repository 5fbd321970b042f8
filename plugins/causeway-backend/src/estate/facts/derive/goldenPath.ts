import { causewayAnnotations } from '@causeway/backstage-plugin-causeway-common';
import { safeText } from '../../projection/text';
import { defineFacts, workloadTypes } from '../defineFacts';

/** What says which template something was made with, the surer one first. */
export const templateKeys = [
  'backstage.io/source-template',
  causewayAnnotations.template,
] as const;

export const goldenPathFacts = defineFacts({
  'goldenPath.template': {
    type: 'string',
    subjects: [...workloadTypes, 'service'],
    absence: 'none',
    description:
      'The template that it says it was made with: annotation `backstage.io/source-template`, or annotation or label `causeway.dev/template`',
  },
});

type Metadata = Record<string, string | undefined>;

/** The template that annotations or labels name; the earlier of them speak first. */
export function findTemplate(
  metadata: readonly Metadata[],
): string | undefined {
  for (const key of templateKeys) {
    for (const entries of metadata) {
      if (entries[key] !== undefined) {
        const template = safeText(entries[key], 200);
        if (template) {
          return template;
        }
      }
    }
  }
  return undefined;
}
