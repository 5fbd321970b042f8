import { findPaths } from '@backstage/cli-common';
import { loadAllYaml } from '@kubernetes/client-node';
import { operatorRules } from '@causeway/estate-simulator';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationRun } from './__testUtils__/OperationRun';
import {
  type OperationsLab,
  startOperationsLab,
} from './__testUtils__/startOperationsLab';

// eslint-disable-next-line no-restricted-syntax -- a test runs from its source
const { ownRoot } = findPaths(__dirname);
const example = (name: string) =>
  readFileSync(join(ownRoot, 'examples/rbac', name), 'utf8');

const verbs: Record<string, string> = { GET: 'get', PATCH: 'patch' };

/** Which right a request needs. */
function rightOf(method: string, url: string): string {
  const [, group, resource] =
    /\/apis\/([^/]+)\/[^/]+\/namespaces\/[^/]+\/([^/?]+)\/[^/?]+(?:\?|$)/.exec(
      url,
    ) ?? [];
  if (group) {
    return `${group} ${resource} ${verbs[method] ?? method}`;
  }
  const [, what] = /\/api\/v1\/applications\/[^/?]+(\/\w+)?/.exec(url) ?? [];
  if (method === 'POST' && (what === '/sync' || what === '/rollback')) {
    // Argo CD asks for the right to sync in both.
    return 'applications sync';
  }
  return method === 'GET' ? 'applications get' : `${method} ${url}`;
}

describe('examples/rbac for the gate', () => {
  let lab: OperationsLab;
  const used = new Set<string>();
  const state = { writing: false };

  beforeAll(async () => {
    lab = await startOperationsLab();
    for (const method of ['GET', 'PATCH', 'PUT', 'POST', 'DELETE']) {
      lab.estate.faults.add({
        method,
        path: {
          test: (url: string) => {
            // The gate's credentials carry out what is written, and dry runs.
            if (state.writing || url.includes('dryRun')) {
              used.add(rightOf(method, url));
            }
            return false;
          },
        } as RegExp,
      });
    }
    const application = (name: string) =>
      lab.application('argocd-nonprod', name);
    const walks: [string, ReturnType<typeof application>, {}][] = [
      [
        'scale-workload',
        lab.workload('production-eu', 'Deployment', 'payments', 'payment-api'),
        { replicas: 7 },
      ],
      [
        'scale-workload',
        lab.workload('development', 'Rollout', 'shop', 'storefront-web'),
        { replicas: 2 },
      ],
      [
        'restart-workload',
        lab.workload('staging', 'StatefulSet', 'payments', 'payments-db'),
        {},
      ],
      [
        'restart-workload',
        lab.workload('staging', 'DaemonSet', 'platform', 'node-exporter'),
        {},
      ],
      [
        'set-resource-requests',
        lab.workload('staging', 'Deployment', 'payments', 'load-test'),
        { cpu: '200m' },
      ],
      ['refresh-application', application('cart-staging'), {}],
      ['sync-application', application('ledger-staging'), { prune: false }],
      [
        'rollback-application',
        application('shipping-staging'),
        { id: 0, prune: false },
      ],
    ];
    for (const [operation, target, input] of walks) {
      const run = new OperationRun({
        registry: lab.registry,
        operation,
        target,
        input,
      });
      await run.plan();
      state.writing = true;
      await run.execute();
      if (lab.registry.get(operation).rollback) {
        await run.rollback();
      }
      state.writing = false;
      await run.verify();
    }
  });
  afterAll(() => lab.close());

  it('grant in Kubernetes what operations send, and nothing else', () => {
    const role = loadAllYaml(example('kubernetes-operator.yaml')).find(
      ({ kind }) => kind === 'ClusterRole',
    );
    const granted = role.rules.flatMap((rule: any) =>
      rule.apiGroups.flatMap((group: string) =>
        rule.resources.flatMap((resource: string) =>
          rule.verbs.map((verb: string) => `${group} ${resource} ${verb}`),
        ),
      ),
    );
    expect(granted.sort()).toEqual(
      [...used].filter(right => !right.startsWith('applications ')).sort(),
    );
    // What the simulated estate lets the gate do, and these walks did with it.
    expect(role.rules).toEqual(operatorRules);
  });

  it('grant in Argo CD what operations send, and nothing else', () => {
    const granted = example('argocd-operator.csv')
      .split('\n')
      .filter(line => line.startsWith('p, '))
      .map(line => {
        const [, role, resource, action, object, effect] = line.split(', ');
        expect([role, object, effect]).toEqual([
          'role:causeway-operator',
          '*/*',
          'allow',
        ]);
        return `${resource} ${action}`;
      });
    expect(granted.sort()).toEqual(
      [...used].filter(right => right.startsWith('applications ')).sort(),
    );
  });
});
