import type { EntityContext, ProvenEdge } from '../projection/model';
import type { VisibleEstate } from './describeStates';

/** What evidence calls an instance or an application. */
function namesOf(ref: string, context: EntityContext | undefined): string[] {
  const instance = context?.instance;
  return instance
    ? [`${instance.namespace}/${instance.title} on ${instance.cluster}`]
    : [ref.replace(/^.*\.application\./, '')];
}

/**
 * Inferred edges that start at one of these entities, by `from type to`. The
 * evidence for a relation of a service is one of its workloads, or what deploys
 * it: where the caller may not read that one, it stays untold (THREATS H15).
 */
export async function readProvenEdges(
  refs: readonly string[],
  { reader, view }: Omit<VisibleEstate, 'sources'>,
): Promise<Map<string, ProvenEdge>> {
  const wanted = [...new Set(refs)];
  const [edges, contexts] = await Promise.all([
    reader.edgesFrom(wanted),
    reader.contexts(wanted),
  ]);
  const behind = (ref: string) => {
    const context = contexts.get(ref);
    return [
      ...(context?.instanceRefs ?? []),
      ...(context?.applicationRefs ?? []),
      ...(context?.instance?.applicationRef
        ? [context.instance.applicationRef]
        : []),
    ];
  };
  const all = [...new Set(wanted.flatMap(behind))];
  const readable = await view.readable(all);
  const hidden = all.filter(ref => !readable.has(ref));
  const hiddenContexts = await reader.contexts(hidden);
  const hiddenNames = hidden.flatMap(ref =>
    namesOf(ref, hiddenContexts.get(ref)),
  );
  return new Map(
    edges.map(edge => [
      `${edge.from} ${edge.type} ${edge.to}`,
      hiddenNames.some(name => edge.evidence.includes(name))
        ? { ...edge, evidence: '' }
        : edge,
    ]),
  );
}
