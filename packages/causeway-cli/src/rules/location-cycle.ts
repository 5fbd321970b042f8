import { findCycles } from '../references/cycles';
import { Inclusion, Rule } from './rule';

export const locationCycle: Rule = {
  id: 'location-cycle',
  category: 'files',
  description: 'A Location includes itself, directly or through others.',
  severity: 'warning',
  checkSet({ inclusions }, report) {
    const byFile = new Map<string, Inclusion[]>();
    for (const inclusion of inclusions) {
      const list = byFile.get(inclusion.from) ?? [];
      byFile.set(inclusion.from, list);
      list.push(inclusion);
    }
    const tell = (inclusion: Inclusion, how: string) =>
      report({
        document: inclusion.document,
        message: `The Location includes itself${how}`,
        help: 'Remove the target: the file is read already.',
        at: { path: inclusion.path, part: 'value' },
      });
    inclusions
      .filter(({ from, to }) => from === to)
      .forEach(inclusion => tell(inclusion, ''));
    const cycles = findCycles(byFile.keys(), file =>
      (byFile.get(file) ?? []).map(({ to }) => to),
    );
    for (const [first, second] of cycles) {
      const inclusion = byFile.get(first)!.find(({ to }) => to === second);
      if (inclusion) {
        tell(inclusion, ' through another Location');
      }
    }
  },
};
