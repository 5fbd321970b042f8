import type {
  FreightPromotion,
  PromotedFreight,
} from '@causeway/backstage-plugin-causeway-common';
import type {
  Observation,
  ObservedArtifacts,
  ObservedKargoFreight,
} from '../../observations/model';
import { compareText } from '../compare';
import { repositoryUrl } from '../links';
import { placeKey, type SortedObservations } from '../sortObservations';
import { safeText } from '../text';
import type { World } from '../World';

const shownPromotions = 10;

/** What Kargo keeps of the past, by where it belongs. */
export interface KargoHistory {
  /** Freight by source, namespace and name. */
  freight: ReadonlyMap<string, ObservedKargoFreight>;
  /** Freight of a warehouse, newest first. */
  ofWarehouse: ReadonlyMap<string, ObservedKargoFreight[]>;
  /** Promotions to a stage, newest first. */
  ofStage: ReadonlyMap<string, Observation<'KargoPromotion'>[]>;
}

const known = new WeakMap<SortedObservations, KargoHistory>();

type Dated = { meta: { createdAt?: string; name: string } };

const newestFirst = (a: Dated, b: Dated) =>
  compareText(b.meta.createdAt ?? '', a.meta.createdAt ?? '') ||
  compareText(b.meta.name, a.meta.name);

/** Indexes freight and promotions, once a projection. */
export function readKargoHistory(observed: SortedObservations): KargoHistory {
  let history = known.get(observed);
  if (!history) {
    history = index(observed);
    known.set(observed, history);
  }
  return history;
}

function index(observed: SortedObservations): KargoHistory {
  const freight = new Map<string, ObservedKargoFreight>();
  const ofWarehouse = new Map<string, ObservedKargoFreight[]>();
  const ofStage = new Map<string, Observation<'KargoPromotion'>[]>();
  const push = <T>(lists: Map<string, T[]>, key: string, value: T) => {
    const list = lists.get(key) ?? [];
    list.push(value);
    lists.set(key, list);
  };
  for (const { source, data } of observed.KargoFreight) {
    const namespace = data.meta.namespace ?? '';
    freight.set(placeKey(source, namespace, data.name), data);
    if (data.warehouse !== undefined) {
      push(ofWarehouse, placeKey(source, namespace, data.warehouse), data);
    }
  }
  for (const one of observed.KargoPromotion) {
    const namespace = one.data.meta.namespace ?? '';
    push(ofStage, placeKey(one.source, namespace, one.data.stage), one);
  }
  ofWarehouse.forEach(list => list.sort(newestFirst));
  ofStage.forEach(list => list.sort((a, b) => newestFirst(a.data, b.data)));
  return { freight, ofWarehouse, ofStage };
}

/** A piece of freight as people see it. */
export function toFreight(
  artifacts: ObservedArtifacts,
  alias: string | undefined,
  { repositories, config }: Pick<World, 'repositories' | 'config'>,
): PromotedFreight {
  return {
    name: safeText(artifacts.name, 253) ?? '',
    alias: safeText(alias, 100),
    warehouse: safeText(artifacts.warehouse, 253),
    images: artifacts.images.flatMap(({ address, tag, digest }) => {
      const version = tag ? `:${tag}` : digest && `@${digest}`;
      return safeText(`${address}${version ?? ''}`, 300) ?? [];
    }),
    commits: artifacts.commits.map(({ address, id, subject }) => {
      const repository = repositories.byAddress(address);
      return {
        id: safeText(id, 64) ?? '',
        subject: safeText(subject, 128),
        url:
          repository && /^[0-9a-f]{40}$/.test(id)
            ? repositoryUrl(repository, config, 'commit', id)
            : undefined,
      };
    }),
    charts: artifacts.charts.flatMap(
      ({ address, name, version }) =>
        safeText(
          `${name ? `${address}/${name}` : address}${version ? `:${version}` : ''}`,
          300,
        ) ?? [],
    ),
  };
}

/** The last promotions to a stage, newest first. */
export function toPromotions(
  promotions: Observation<'KargoPromotion'>[],
  { freight }: KargoHistory,
): FreightPromotion[] {
  return promotions.slice(0, shownPromotions).map(({ source, data }) => {
    const namespace = data.meta.namespace ?? '';
    return {
      name: safeText(data.meta.name, 253) ?? '',
      freight: safeText(data.freight, 253) ?? '',
      alias: safeText(
        freight.get(placeKey(source, namespace, data.freight))?.alias,
        100,
      ),
      // Kargo writes none before it has looked at it.
      phase: safeText(data.phase, 32) ?? 'Pending',
      message: safeText(data.message, 256),
      requestedBy: safeText(data.createdBy, 128),
      startedAt: toTime(data.startedAt),
      finishedAt: toTime(data.finishedAt),
    };
  });
}

function toTime(written: string | undefined): number | undefined {
  const time = Date.parse(written ?? '');
  return Number.isFinite(time) ? time : undefined;
}
