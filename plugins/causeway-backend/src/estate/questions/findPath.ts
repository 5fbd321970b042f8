import type {
  PathAnswer,
  PathStep,
} from '@causeway/backstage-plugin-causeway-common';
import type { Entity } from '@backstage/catalog-model';
import type { ProvenEdge } from '../projection/model';
import { directRelation } from '../graph/relationDirections';
import { shortestPaths, type Hop } from '../graph/shortestPaths';
import { compact } from './compact';
import { mostCounted } from './findEntities';
import { readProvenEdges } from '../access/readProvenEdges';
import type { Question } from './Question';
import { readNumber, type QuestionInput } from './readInput';
import { resolveEntity } from './resolveEntity';
import { fieldsOf, readWay } from './traverseGraph';
import { sortTexts } from './untrusted';

const mostPaths = 3;

/**
 * Places that nearly everything shares: that two things run on one cluster
 * says little about how they hang together.
 */
const sharedPlaces = new Set([
  'kubernetes-cluster',
  'kubernetes-namespace',
  'argocd-project',
  'kargo-project',
  'gateway-class',
]);

function isNoSharedPlace({ spec }: Entity): boolean {
  return !sharedPlaces.has(String(spec?.type));
}

function keyOf({ before, via, ref }: Hop): string {
  const { from, type, to } = directRelation(before, {
    type: via,
    targetRef: ref,
  });
  return `${from} ${type} ${to}`;
}

function toStep(hop: Hop, edge: ProvenEdge | undefined): PathStep {
  return compact({
    via: hop.via,
    ref: hop.ref,
    rule: edge?.rule,
    confidence: edge?.confidence,
    untrusted: sortTexts({}, { evidence: edge?.evidence }).untrusted,
  });
}

/** The shortest ways from one entity to another, with what each hop rests on. */
export async function findPath(
  input: QuestionInput,
  question: Question,
): Promise<PathAnswer> {
  const longest = readNumber(input, 'depth', {
    least: 1,
    most: 8,
    otherwise: 6,
  });
  const way = readWay(input);
  const from = await resolveEntity(input, 'from', question);
  const to = await resolveEntity(input, 'to', question);
  if (from === to) {
    return { from, to, length: 0, paths: [] };
  }
  const search = (leadsOn: (entity: Entity) => boolean) =>
    shortestPaths(
      {
        ...way,
        from,
        to,
        longest,
        most: mostCounted,
        paths: mostPaths,
        leadsOn,
      },
      refs => question.view.entities(refs, fieldsOf(false)),
    );
  let found = await search(isNoSharedPlace);
  const direct = found.paths.length > 0;
  if (!direct && !found.cut) {
    found = await search(() => true);
  }
  const edges = await readProvenEdges(
    found.paths.flatMap(path =>
      path.flatMap(({ before, ref }) => [before, ref]),
    ),
    question,
  );
  return compactPaths({
    from,
    to,
    length: found.paths[0]?.length,
    paths: found.paths.map(path =>
      path.map(hop => toStep(hop, edges.get(keyOf(hop)))),
    ),
    hint: hintFor(found, {
      direct,
      longest,
      named: way.relations !== undefined,
    }),
  });
}

function hintFor(
  { paths, cut }: { paths: Hop[][]; cut: boolean },
  {
    direct,
    longest,
    named,
  }: { direct: boolean; longest: number; named: boolean },
): string | undefined {
  if (paths.length > 0) {
    return direct
      ? undefined
      : 'Only through a place that much else shares: a cluster, a namespace, a project';
  }
  return cut
    ? `No path among the first ${mostCounted} entities; name the relations to go by`
    : `No path of at most ${longest} hops that you may read${named ? ' by these relations; leave them out to go by all' : ''}`;
}

function compactPaths({ paths, ...rest }: PathAnswer): PathAnswer {
  return { ...compact(rest), paths };
}
