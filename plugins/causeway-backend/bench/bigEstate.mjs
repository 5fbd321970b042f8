// An estate of about 20,000 entities, the same for the same seed: services
// that depend on one another, each with its workloads and applications in three
// clusters, repositories, datastores, namespaces and teams.

function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const clusters = ['production-eu', 'production-us', 'staging'];
const teams = 50;
const services = 2650;

/** The relations both ways, as the catalog has them. */
const backward = {
  partOf: 'hasPart',
  dependsOn: 'dependencyOf',
  ownedBy: 'ownerOf',
  deploys: 'deployedBy',
  runsOn: 'hosts',
  sourcedFrom: 'sourceOf',
  childOf: 'parentOf',
};

/** How many entities a walk against relations reaches within three hops. */
export function dependentsOf(root, { entities }, isVisible) {
  const against = new Set(Object.values(backward));
  let border = [root];
  const seen = new Set(border);
  for (let hop = 1; hop <= 3; hop++) {
    const next = [];
    for (const ref of border) {
      for (const { type, targetRef } of entities.get(ref).relations) {
        if (
          against.has(type) &&
          !seen.has(targetRef) &&
          isVisible(entities.get(targetRef))
        ) {
          seen.add(targetRef);
          next.push(targetRef);
        }
      }
    }
    border = next;
  }
  return seen.size - 1;
}

/** Entities with relations, contexts and inferred edges. */
export function bigEstate() {
  const next = random(7);
  const entities = new Map();
  const contexts = [];
  const edges = [];
  const relate = (from, type, to) => {
    entities.get(from).relations.push({ type, targetRef: to });
    entities.get(to).relations.push({ type: backward[type], targetRef: from });
    if (type !== 'ownedBy' && type !== 'childOf') {
      edges.push({ from, type, to });
    }
  };
  const add = (kind, type, name, more = {}) => {
    const ref = `${kind.toLowerCase()}:default/${name}`;
    const source = clusters.find(one => name.startsWith(one)) ?? 'github';
    const partition = `${source}/-/${type}`;
    entities.set(ref, {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: {
        namespace: 'default',
        name,
        title: more.title,
        annotations: {
          'backstage.io/managed-by-location': `causeway:${partition}`,
          'backstage.io/managed-by-origin-location': `causeway:${partition}`,
          'causeway.dev/source': source,
          'causeway.dev/partition': partition,
        },
        tags: more.tags,
      },
      spec: {
        type,
        lifecycle: kind === 'Component' ? 'production' : undefined,
        owner: more.owner,
        parent: more.parent,
        children: kind === 'Group' ? [] : undefined,
        causeway: {
          environment: more.environment,
          cluster: more.cluster,
          namespace: more.namespace,
          origins: {
            owner: { origin: 'platform', rule: 'argocd-project' },
            environment: { origin: 'platform', rule: 'cluster-map' },
          },
          details: more.details,
        },
      },
      relations: [],
    });
    contexts.push({
      ref,
      kind: 'ingested',
      source,
      partition,
      owner: more.owner && {
        value: more.owner,
        origin: 'platform',
        rule: 'argocd-project',
      },
      environment: more.environment && {
        value: more.environment,
        origin: 'platform',
        rule: 'cluster-map',
      },
      links: [],
      ...more.context,
    });
    if (more.owner) {
      relate(ref, 'ownedBy', more.owner);
    }
    return ref;
  };
  const environmentOf = cluster => cluster.replace(/-.*/, '');

  const root = add('Group', 'team', 'engineering');
  const groups = Array.from({ length: teams }, (_, n) => {
    const ref = add('Group', 'team', `team-${n}`, { parent: root });
    relate(ref, 'childOf', root);
    return ref;
  });
  const namespaces = new Map();
  for (const cluster of clusters) {
    const ref = add('Resource', 'kubernetes-cluster', cluster, {
      environment: environmentOf(cluster),
    });
    for (const [n, owner] of groups.entries()) {
      const name = `${cluster}.area-${n}`;
      namespaces.set(
        name,
        add('Resource', 'kubernetes-namespace', name, {
          owner,
          environment: environmentOf(cluster),
        }),
      );
      relate(namespaces.get(name), 'partOf', ref);
    }
  }
  const names = Array.from({ length: services }, (_, n) => `service-${n}`);
  const components = names.map((name, n) => {
    const owner = groups[n % teams];
    const parts = clusters.map(
      cluster =>
        `resource:default/${cluster}.area-${n % teams}.deployment.${name}`,
    );
    const component = add('Component', 'service', name, {
      owner,
      tags: ['java', 'pci'].slice(0, n % 3),
      context: { instanceRefs: parts, applicationRefs: [] },
    });
    for (const cluster of clusters) {
      const area = `${cluster}.area-${n % teams}`;
      const environment = environmentOf(cluster);
      const health = next() < 0.03 ? 'degraded' : 'healthy';
      const ref = add(
        'Resource',
        'kubernetes-workload',
        `${area}.deployment.${name}`,
        {
          owner,
          environment,
          cluster,
          namespace: `area-${n % teams}`,
          title: `${name} (${cluster})`,
          details: { image: `ghcr.io/example/${name}:1.${n % 40}.0` },
          context: {
            health,
            sync: 'synced',
            instance: {
              entityRef: `resource:default/${area}.deployment.${name}`,
              title: name,
              cluster,
              namespace: `area-${n % teams}`,
              workloadKind: 'Deployment',
              version: `1.${n % 40}.0`,
              image: `ghcr.io/example/${name}:1.${n % 40}.0`,
              replicas: { desired: 3, ready: 3 },
              health,
              sync: 'synced',
            },
          },
        },
      );
      relate(ref, 'partOf', component);
      relate(ref, 'runsOn', namespaces.get(area));
      const application = add(
        'Resource',
        'argocd-application',
        `argocd.argocd.application.${name}-${cluster}`,
        {
          owner,
          environment,
          context: {
            health,
            sync: 'synced',
            deliveries: Array.from({ length: 10 }, (_, at) => ({
              applicationRef: `resource:default/argocd.argocd.application.${name}-${cluster}`,
              applicationTitle: `${name}-${cluster}`,
              environment,
              revision: '0123456789abcdef0123456789abcdef01234567',
              deployedAt: 1_760_000_000_000 - at * 86_400_000,
              current: at === 0,
            })),
          },
        },
      );
      relate(application, 'deploys', ref);
    }
    if (n % 2 === 0) {
      const repository = add(
        'Resource',
        'github-repository',
        `github.example.${name}`,
        { owner },
      );
      relate(component, 'sourcedFrom', repository);
    }
    return component;
  });
  for (const from of components) {
    const needs = new Set(
      Array.from(
        { length: 4 + Math.floor(next() * 5) },
        () => components[Math.floor(next() * components.length)],
      ),
    );
    needs.delete(from);
    for (const to of needs) {
      relate(from, 'dependsOn', to);
    }
  }
  return { entities, contexts, edges, groups, components };
}
