import type {
  EntityContextAnswer,
  EntityEstate,
  InstanceRow,
  NeighbourBrief,
  RunningInstance,
} from '@causeway/backstage-plugin-causeway-common';
import type { Entity } from '@backstage/catalog-model';
import { historySight } from '../access/historySight';
import { readVisibleChanges } from '../changes/readVisibleChanges';
import { readEntityEstate } from '../context/readEntityEstate';
import { toSearchDocument } from '../search/SearchDocument';
import { fromChange, fromDelivery, newestFirst } from './changeRows';
import { compact, shareFields, toTime } from './compact';
import { describeStates } from '../access/describeStates';
import { mostCounted } from './findEntities';
import type { Question } from './Question';
import type { QuestionInput } from './readInput';
import { resolveEntity } from './resolveEntity';
import { readSuccessors, toRow } from './toRow';
import { sortTexts, tenantText } from './untrusted';

const shown = {
  instances: 10,
  neighbours: 5,
  changes: 5,
  links: 8,
  problems: 5,
};

const fields = ['kind', 'metadata', 'spec', 'relations'];

function toInstanceRow(instance: RunningInstance): InstanceRow {
  const { entityRef, environment, cluster, version, replicas } = instance;
  const { words, untrusted } = sortTexts({ version });
  return compact({
    ref: entityRef,
    environment: environment?.value,
    cluster,
    version: words.version,
    health: instance.health,
    sync: instance.sync,
    replicas: replicas && `${replicas.ready}/${replicas.desired}`,
    stale:
      instance.freshness.state === 'fresh'
        ? undefined
        : (instance.freshness.reason ?? instance.freshness.state),
    untrusted,
  });
}

/** Neighbours by the relation's type as the entity has it; owner and instances stand apart. */
async function readNeighbours(
  entity: Entity,
  instances: ReadonlySet<string>,
  { view }: Question,
): Promise<Record<string, NeighbourBrief>> {
  const related = (entity.relations ?? []).filter(
    ({ type, targetRef }) => type !== 'ownedBy' && !instances.has(targetRef),
  );
  const readable = await view.readable(
    related.map(({ targetRef }) => targetRef),
  );
  const byType = new Map<string, Set<string>>();
  for (const { type, targetRef } of related) {
    if (readable.has(targetRef)) {
      const refs = byType.get(type) ?? new Set();
      byType.set(type, refs.add(targetRef));
    }
  }
  return Object.fromEntries(
    [...byType].sort().map(([type, refs]) => [
      type,
      compact({
        count: Math.min(refs.size, mostCounted),
        atLeast: refs.size > mostCounted ? (true as const) : undefined,
        refs: [...refs].sort().slice(0, shown.neighbours),
      }),
    ]),
  );
}

async function readChanges(
  { entityRef, instances, deliveries }: EntityEstate,
  { changes: reader, reader: estate, view }: Question,
) {
  const { changes } = await readVisibleChanges(
    reader,
    {
      refs: [entityRef, ...instances.map(instance => instance.entityRef)],
      limit: shown.changes,
    },
    historySight(view, estate),
  );
  return newestFirst([
    ...changes.map(fromChange),
    ...deliveries.map(fromDelivery),
  ])
    .slice(0, shown.changes)
    .map(({ row }) => row);
}

/** The state of what is asked about, before anything is asked about it: what it is, where it runs, what is around it. */
export async function getEntityContext(
  input: QuestionInput,
  question: Question,
): Promise<EntityContextAnswer> {
  const ref = await resolveEntity(input, 'entity', question, fields);
  const [[entity], estate, states] = await Promise.all([
    question.view.entities([ref], fields),
    readEntityEstate(ref, question.view, question),
    describeStates([ref], {}, question),
  ]);
  const document = toSearchDocument(entity!);
  const [successors, relations, changes] = await Promise.all([
    readSuccessors([document], question),
    readNeighbours(
      entity!,
      new Set(estate.instances.map(({ entityRef }) => entityRef)),
      question,
    ),
    readChanges(estate, question),
  ]);
  const row = toRow(document, states.get(ref), successors.get(ref));
  const parts = estate.instances.filter(({ entityRef }) => entityRef !== ref);
  const [own] = estate.instances.filter(({ entityRef }) => entityRef === ref);
  const runs = shareFields(
    (own ? [] : parts).slice(0, shown.instances).map(toInstanceRow),
    [
      'environment',
      'cluster',
      'version',
      'health',
      'sync',
      'replicas',
      'stale',
    ],
  );
  const description = tenantText('description', document.description);
  const messages = (estate.conditions ?? [])
    .filter(({ status }) => status !== 'True')
    .flatMap(({ message }) => message ?? []);
  return compact({
    ...row,
    ...(own && compact({ replicas: toInstanceRow(own).replicas })),
    tags: document.tags,
    runs:
      parts.length > 0 && !own
        ? compact({
            count: parts.length,
            shared: runs.shared,
            first: runs.rows,
          })
        : undefined,
    relations,
    changes,
    problems: estate.problems
      .slice(0, shown.problems)
      .map(({ kind, title }) => ({
        kind,
        ...compact({ untrusted: sortTexts({}, { title }).untrusted }),
      })),
    links: estate.links.slice(0, shown.links).map(({ url }) => url),
    confirmedAt:
      estate.freshness?.confirmedAt === undefined
        ? undefined
        : toTime(estate.freshness.confirmedAt),
    untrusted: compact({
      ...row.untrusted,
      description,
      message: tenantText('message', messages[0]),
    }) as Record<string, string>,
  });
}
