import type { FactValues } from './catalogue';
import type { FactGroup, FactSource } from './model';

/** Gathers the facts of one entity, by where they come from. */
export class FactSheet {
  readonly groups: FactGroup[] = [];

  /** Facts of one place, to be filled in. Those that stay undefined are not known. */
  from(
    { source, partition }: Omit<FactSource, 'origin'>,
    origin: FactSource['origin'] = 'live',
  ): FactValues {
    for (const group of this.groups) {
      if (group.origin === origin && group.partition === partition) {
        return group.values;
      }
    }
    const values: FactValues = {};
    this.groups.push({ origin, source, partition, values });
    return values;
  }
}
