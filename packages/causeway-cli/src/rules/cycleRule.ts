import { findCycles } from '../references/cycles';
import { displayRef } from '../references/entityRef';
import { Reference, SetEntity } from '../references/EntitySet';
import { Rule, SetContext, SetReport } from './rule';

/** A rule over cycles of one family of relations. */
export function cycleRule(options: {
  id: string;
  description: string;
  severity: Rule['severity'];
  /** Relations that lead one way. */
  forward: readonly string[];
  /** Relations that say the same from the other end. */
  backward: readonly string[];
  /** Kinds that the family is about; all where absent. */
  kinds?: readonly string[];
  help: string;
}): Rule {
  return {
    id: options.id,
    category: 'references',
    description: options.description,
    severity: options.severity,
    checkSet(context, report) {
      const edges = collectEdges(context, options);
      const cycles = findCycles(
        context.set.entities.map(entity => entity.key),
        key => edges(key),
      );
      for (const cycle of cycles) {
        reportCycle(cycle, context, options, report);
      }
    },
  };
}

function collectEdges(
  { set }: SetContext,
  options: Parameters<typeof cycleRule>[0],
): (key: string) => readonly string[] {
  const forward = new Set(options.forward);
  const fits = (key: string) =>
    !options.kinds ||
    options.kinds.some(kind => key.startsWith(`${kind.toLowerCase()}:`));
  const reversed = new Map<string, string[]>();
  for (const { from, reference } of set.references()) {
    if (options.backward.includes(reference.field.relation)) {
      const list = reversed.get(reference.key) ?? [];
      reversed.set(reference.key, list);
      list.push(from.key);
    }
  }
  const cache = new Map<string, readonly string[]>();
  return key => {
    let targets = cache.get(key);
    if (!targets) {
      targets = fits(key)
        ? [...set.targets(key, forward), ...(reversed.get(key) ?? [])].filter(
            target => target !== key && fits(target),
          )
        : [];
      cache.set(key, targets);
    }
    return targets;
  };
}

function reportCycle(
  cycle: string[],
  context: SetContext,
  options: Parameters<typeof cycleRule>[0],
  report: (report: SetReport) => void,
): void {
  const { set } = context;
  // It is reported where a file of the set can break it.
  const start = Math.max(
    0,
    cycle.findIndex(key => set.get(key)),
  );
  const way = [...cycle.slice(start), ...cycle.slice(0, start)];
  const steps = way.map((key, at) =>
    stepBetween(context, key, way[(at + 1) % way.length], options),
  );
  const holder = steps.find(step => step) ?? undefined;
  const entity = holder?.entity ?? set.get(way[0]);
  if (!entity) {
    return;
  }
  const shown = way.length > 8 ? [...way.slice(0, 7), '…'] : way;
  report({
    document: entity.document,
    message: `Cycle: ${[...shown, way[0]].map(key => label(set.get(key), key)).join(' → ')}`,
    help: options.help,
    at: holder && { path: holder.reference.path, part: 'value' },
    related: steps
      .filter(step => step && step !== holder)
      .slice(0, 8)
      .map(step => ({
        message: `${displayRef(step!.entity.ref)} leads on from here`,
        document: step!.entity.document,
        at: { path: step!.reference.path, part: 'value' as const },
      })),
  });
}

function label(entity: SetEntity | undefined, key: string): string {
  return entity ? displayRef(entity.ref) : key.replace(':default/', ':');
}

/** The reference that leads from one entity to the next: its own, or one of the next that says the same. */
function stepBetween(
  { set }: SetContext,
  from: string,
  to: string,
  options: Parameters<typeof cycleRule>[0],
): { entity: SetEntity; reference: Reference } | undefined {
  for (const [holder, other, relations] of [
    [from, to, options.forward],
    [to, from, options.backward],
  ] as const) {
    const entity = set.get(holder);
    const reference = entity?.references.find(
      one => one.key === other && relations.includes(one.field.relation),
    );
    if (entity && reference) {
      return { entity, reference };
    }
  }
  return undefined;
}
