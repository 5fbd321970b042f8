import { CompanySeed } from '../../model';
import { resourceRef } from '../names';
import { ownerOfNamespace, Placements } from '../placements';
import { partOf, PlacedThing, runsOn } from './PlacedThing';

function placeSecrets(
  company: CompanySeed,
  { workloads }: Placements,
): PlacedThing[] {
  if (!company.platform) {
    return [];
  }
  const { stores, external, sealed } = company.platform.secrets;
  const storeRef = (cluster: string, name: string) => {
    const { namespace } = stores.find(store => store.name === name)!;
    return namespace
      ? resourceRef(cluster, namespace, 'secretstore', name)
      : resourceRef(cluster, 'clustersecretstore', name);
  };
  const secures = (cluster: string, namespace: string, secret: string) =>
    workloads
      .filter(
        one =>
          one.cluster === cluster &&
          one.namespace === namespace &&
          one.secrets.includes(secret),
      )
      .map(({ ref }): [string, string] => ['secures', ref]);
  const things: PlacedThing[] = [];
  for (const { name, namespace, clusters } of stores) {
    for (const cluster of clusters) {
      things.push({
        ref: storeRef(cluster, name),
        type: 'secret-store',
        owner: namespace && ownerOfNamespace(company, namespace),
        edges: namespace ? [runsOn(cluster, namespace)] : [],
      });
    }
  }
  for (const one of external) {
    for (const cluster of one.clusters) {
      const ref = resourceRef(
        cluster,
        one.namespace,
        'externalsecret',
        one.name,
      );
      things.push({
        ref,
        type: 'external-secret',
        owner: ownerOfNamespace(company, one.namespace),
        edges: [
          runsOn(cluster, one.namespace),
          ['dependsOn', storeRef(cluster, one.store)],
          ...secures(cluster, one.namespace, one.target ?? one.name),
        ],
      });
      if (one.spreadBy) {
        things.push({
          ref: resourceRef(cluster, 'clusterexternalsecret', one.spreadBy),
          type: 'external-secret',
          edges: [
            ['dependsOn', storeRef(cluster, one.store)],
            ['provisions', ref],
          ],
        });
      }
    }
  }
  for (const { name, namespace, clusters } of sealed) {
    for (const cluster of clusters) {
      things.push({
        ref: resourceRef(cluster, namespace, 'sealedsecret', name),
        type: 'sealed-secret',
        owner: ownerOfNamespace(company, namespace),
        edges: [
          runsOn(cluster, namespace),
          ...secures(cluster, namespace, name),
        ],
      });
    }
  }
  return things;
}

/** What brings Secrets, and who uses them. */
export const goldenSecrets = partOf(placeSecrets);
