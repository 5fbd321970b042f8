import type {
  EstateGraph,
  GraphEdge,
  GraphNode,
} from '@causeway/backstage-plugin-causeway-common';
import { fixtureNow } from './estateStatus';

function node(
  entityRef: string,
  type: string,
  title: string,
  depth: number,
  rest: Partial<GraphNode> = {},
): GraphNode {
  const kind = entityRef.split(':')[0];
  return {
    entityRef,
    kind: kind[0].toUpperCase() + kind.slice(1),
    type,
    title,
    owner: 'group:default/payments',
    stale: false,
    depth,
    ...rest,
  };
}

function edge(
  from: string,
  type: string,
  to: string,
  inferred?: Partial<NonNullable<GraphEdge['inferred']>>,
): GraphEdge {
  return {
    from,
    type,
    to,
    inferred: inferred && {
      rule: 'selector',
      evidence: 'seen',
      confidence: 'certain',
      lastSeenAt: fixtureNow - 14_000,
      ...inferred,
    },
  };
}

const api = 'component:default/payment-api';
const ledger = 'component:default/ledger';
const workload =
  'resource:default/production-eu.payments.deployment.payment-api';
const database =
  'resource:default/production-eu.payments.statefulset.payments-db';
const application =
  'resource:default/argocd-prod.argocd.application.payment-api-production-eu';
const namespace = 'resource:default/production-eu.payments';
const route = 'resource:default/production-eu.payments.httproute.payment-api';
const repository = 'resource:default/github.meridian.payment-api';
const team = 'group:default/payments';

/** What `payment-api` is related to, two hops. */
export function createEstateGraph(
  rest: Partial<EstateGraph> = {},
): EstateGraph {
  const production = { environment: 'production' };
  return {
    rootRef: api,
    nodes: [
      node(api, 'service', 'payment-api', 0, { health: 'healthy' }),
      node(ledger, 'service', 'ledger', 1, {
        health: 'degraded',
        owner: 'group:default/core-banking',
        lifecycle: 'deprecated',
      }),
      node(workload, 'kubernetes-workload', 'payment-api', 1, {
        ...production,
        health: 'healthy',
      }),
      node(database, 'datastore', 'payments-db', 2, {
        ...production,
        stale: true,
        health: 'healthy',
      }),
      node(application, 'argocd-application', 'payment-api-production-eu', 2, {
        ...production,
        health: 'healthy',
      }),
      node(namespace, 'kubernetes-namespace', 'payments', 2, {
        ...production,
        owner: undefined,
      }),
      node(route, 'route', 'pay.meridian.example', 2, production),
      node(repository, 'github-repository', 'meridian/payment-api', 1),
      node(team, 'team', 'Payments', 1, { owner: undefined }),
    ],
    edges: [
      edge(workload, 'partOf', api, {
        rule: 'component-identity',
        evidence: 'label app.kubernetes.io/name: payment-api',
      }),
      edge(api, 'dependsOn', ledger, {
        rule: 'service-dns-name',
        evidence: 'env LEDGER_URL names ledger.core-banking.svc',
        confidence: 'likely',
      }),
      edge(workload, 'dependsOn', database, {
        rule: 'service-dns-name',
        evidence: 'env DATABASE_HOST names payments-db.payments.svc',
        confidence: 'likely',
      }),
      edge(application, 'deploys', workload, {
        rule: 'argocd-managed-resource',
        evidence: 'resource tree of argocd-prod lists the Deployment',
      }),
      edge(workload, 'runsOn', namespace, {
        rule: 'namespace',
        evidence: 'metadata.namespace: payments',
      }),
      edge(route, 'exposes', workload, {
        rule: 'route-backend',
        evidence: 'backendRef payment-api:8080 selects the pods',
      }),
      edge(api, 'sourcedFrom', repository),
      edge(api, 'ownedBy', team),
      edge(workload, 'ownedBy', team),
    ],
    truncated: false,
    now: fixtureNow,
    ...rest,
  };
}

/**
 * A graph of `count` nodes in the shape of a real one: services with their
 * workloads, applications, routes and datastores in a handful of namespaces.
 */
export function createLargeGraph(count: number): EstateGraph {
  const nodes: GraphNode[] = [node(api, 'service', 'payment-api', 0)];
  const edges: GraphEdge[] = [];
  const environments = ['production', 'staging', 'development'];
  for (let index = 0; nodes.length < count; index++) {
    const environment = environments[index % environments.length];
    const service = `component:default/service-${index}`;
    const run = `resource:default/${environment}.deployment.service-${index}`;
    const parts: Array<[string, string, string]> = [
      [service, 'service', `service-${index}`],
      [run, 'kubernetes-workload', `service-${index}`],
      [
        `resource:default/application.service-${index}`,
        'argocd-application',
        `service-${index}-${environment}`,
      ],
      [
        `resource:default/route.service-${index}`,
        'route',
        `service-${index}.meridian.example`,
      ],
      [
        `resource:default/statefulset.service-${index}-db`,
        'datastore',
        `service-${index}-db`,
      ],
    ];
    const [first, second, third, fourth, fifth] = parts.map(([ref]) => ref);
    const dependency = Math.floor(index / 3);
    const wanted: GraphEdge[] = [
      edge(
        index === 0 ? api : `component:default/service-${dependency}`,
        'dependsOn',
        first,
        { confidence: 'likely' },
      ),
      edge(second, 'partOf', first, {}),
      edge(third, 'deploys', second, {}),
      edge(fourth, 'exposes', second, {}),
      edge(second, 'dependsOn', fifth, { confidence: 'likely' }),
    ];
    for (const [ref, type, title] of parts.slice(0, count - nodes.length)) {
      nodes.push(
        node(ref, type, title, 1 + Math.floor(Math.log(index + 1)), {
          environment: type === 'service' ? undefined : environment,
          health: index % 11 === 0 ? 'degraded' : 'healthy',
          stale: index % 17 === 0,
          owner: `group:default/team-${index % 7}`,
        }),
      );
    }
    const known = new Set(nodes.map(({ entityRef }) => entityRef));
    edges.push(
      ...wanted.filter(
        e => e.from !== e.to && known.has(e.from) && known.has(e.to),
      ),
    );
  }
  return { rootRef: api, nodes, edges, truncated: false, now: fixtureNow };
}
