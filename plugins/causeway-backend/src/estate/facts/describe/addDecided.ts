import type { SourcedValue } from '@causeway/backstage-plugin-causeway-common';
import type { EntityContext } from '../../projection/model';
import { safeText } from '../../projection/text';
import type { FactSheet } from '../FactSheet';

/** Adds what rules decided, as trusted as they are. */
export function addDecided(
  sheet: FactSheet,
  context: EntityContext,
  name: 'owner' | 'environment' | 'lifecycle',
  decided: SourcedValue | undefined,
): void {
  if (decided) {
    sheet.from(context, decided.origin)[name] = safeText(decided.value, 300);
  }
}
