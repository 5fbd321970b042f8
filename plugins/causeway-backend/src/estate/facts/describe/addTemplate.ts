import type { FactSheet } from '../FactSheet';
import type { FactSource } from '../model';

/** Adds the template that something is said to come from: whoever writes it claims it. */
export function addTemplate(
  sheet: FactSheet,
  from: Pick<FactSource, 'source' | 'partition'>,
  template: string | undefined,
): void {
  if (template !== undefined) {
    sheet.from(from, 'claimed')['goldenPath.template'] = template;
  }
}
