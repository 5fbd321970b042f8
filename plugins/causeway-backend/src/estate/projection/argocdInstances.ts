import type { Observation } from '../observations/model';
import type { ProjectionConfig } from './config';
import { placeKey, type SortedObservations } from './sortObservations';

/*
 * One Argo CD may be read over its REST API, as custom resources of the
 * cluster where it runs, or both: then it is one. Which instance a custom
 * resource is of, our configuration says (`runsIn`). Where it does not, uids
 * do: an object of a uid that an instance reports is that very object, and a
 * namespace that holds one of its projects is where it runs, for projects
 * stand nowhere else. What is neither is of an instance of its own, `<cluster>/<namespace>`: shown, without
 * a say in whose things are, for whoever may write there may have made it up.
 */

const argocdKinds = [
  'ArgoApplication',
  'ArgoProject',
  'ArgoApplicationSet',
] as const;

type ArgocdKind = (typeof argocdKinds)[number];
type Report<K extends ArgocdKind> = Observation<K>;

/** Separates cluster and namespace in the name of an instance that nobody configured. */
const separator = '/';

/** The parts that an instance's name gives to the names of what it holds. */
export function instancePart(instance: string): string {
  return instance.split(separator, 1)[0];
}

/** Source id of the cluster where an instance runs, where that is known. */
export function clusterOfInstance(
  instance: string,
  config: ProjectionConfig,
): string | undefined {
  const [cluster, namespace] = instance.split(separator);
  return namespace === undefined
    ? config.argocd[instance]?.runsIn?.cluster
    : cluster;
}

/**
 * What instances report, by uid, namespace and name. API servers give out
 * uids; nobody who writes an object can choose one.
 */
function findUids(reports: Report<ArgocdKind>[]): Map<string, string> {
  return new Map(
    reports.flatMap(({ data: { instance, uid, namespace, name } }) =>
      instance !== '' && uid !== undefined
        ? [[placeKey(uid, namespace, name), instance]]
        : [],
    ),
  );
}

/** Where instances run, by cluster and namespace, as far as their projects' uids prove it. */
function findPlaces(projects: Report<'ArgoProject'>[]): Map<string, string> {
  const ofUid = findUids(projects);
  return new Map(
    projects.flatMap(({ source, data: { instance, uid, namespace, name } }) => {
      const found = ofUid.get(placeKey(uid ?? '', namespace, name));
      return instance === '' && found !== undefined
        ? [[placeKey(source, namespace), found]]
        : [];
    }),
  );
}

function* nameReports<K extends ArgocdKind>(
  reports: Report<K>[],
  places: ReadonlyMap<string, string>,
  config: ProjectionConfig,
): Iterable<Report<K>> {
  const instances = Object.entries(config.argocd);
  const overRest = new Set(
    reports.map(({ data }) =>
      placeKey(data.instance, data.namespace, data.name),
    ),
  );
  const ofUid = findUids(reports);
  for (const report of reports) {
    const { data, source } = report;
    if (data.instance !== '') {
      yield report;
      continue;
    }
    const here = instances.filter(
      ([, { runsIn }]) => runsIn?.cluster === source,
    );
    const [own] =
      here.find(([, { runsIn }]) => runsIn?.namespace === data.namespace) ??
      // Applications in other namespaces are an instance's own if it says so itself.
      here.find(([id]) =>
        overRest.has(placeKey(id, data.namespace, data.name)),
      ) ??
      [];
    const instance =
      own ??
      places.get(placeKey(source, data.namespace)) ??
      ofUid.get(placeKey(data.uid ?? '', data.namespace, data.name)) ??
      `${source}${separator}${data.namespace}`;
    yield { ...report, data: { ...data, instance } };
  }
}

/**
 * Of two reports of one thing the content that came last counts, as one of the
 * two ways may have been cut off. Where it comes from stays what the instance
 * itself reports, or it would go back and forth.
 */
function mergeReports<K extends ArgocdKind>(
  reports: Iterable<Report<K>>,
): Report<K>[] {
  const merged = new Map<string, { first: Report<K>; newest: Report<K> }>();
  for (const report of reports) {
    const { instance, namespace, name } = report.data;
    const key = placeKey(instance, namespace, name);
    const known = merged.get(key);
    if (!known) {
      merged.set(key, { first: report, newest: report });
      continue;
    }
    if (report.source === instance && known.first.source !== instance) {
      known.first = report;
    }
    if (report.observedAt > known.newest.observedAt) {
      known.newest = report;
    }
  }
  return [...merged.values()].map(({ first, newest }) =>
    first === newest ? first : { ...first, data: newest.data },
  );
}

/** The observations with every custom resource of Argo CD given to its instance, each thing once. */
export function assignInstances(
  observed: SortedObservations,
  config: ProjectionConfig,
): SortedObservations {
  const places = findPlaces(observed.ArgoProject);
  const assign = <K extends ArgocdKind>(kind: K) => {
    const reports = observed[kind] as unknown as Report<K>[];
    return reports.some(({ data }) => data.instance === '')
      ? mergeReports(nameReports(reports, places, config))
      : reports;
  };
  return {
    ...observed,
    ArgoApplication: assign('ArgoApplication'),
    ArgoProject: assign('ArgoProject'),
    ArgoApplicationSet: assign('ArgoApplicationSet'),
  };
}
