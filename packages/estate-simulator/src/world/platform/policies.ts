import { SimulatedCluster } from '../../kubernetes/ClusterState';
import { PolicyResultSeed } from '../../seed/platform/model';
import { installType } from '../installType';

/** The reports of Kyverno's background scans, one for each object that fails something. */
export function reportPolicies(
  cluster: SimulatedCluster,
  results: PolicyResultSeed[],
): void {
  const group = 'wgpolicyk8s.io';
  for (const [kind, plural] of [
    ['PolicyReport', 'policyreports'],
    ['ClusterPolicyReport', 'clusterpolicyreports'],
  ]) {
    installType(cluster, {
      group,
      version: 'v1alpha2',
      kind,
      plural,
      cluster: kind.startsWith('Cluster'),
    });
  }
  const byObject = new Map<string, PolicyResultSeed[]>();
  for (const result of results) {
    if (result.cluster === cluster.name) {
      const { type, namespace, name } = result;
      const key = `${type} ${namespace}/${name}`;
      byObject.set(key, [...(byObject.get(key) ?? []), result]);
    }
  }
  for (const own of byObject.values()) {
    const [{ type, namespace, name }] = own;
    const object = cluster.get(type, name, namespace);
    if (!object) {
      throw new Error(
        `The company's policy results name ${type} ${namespace}/${name}, which ${cluster.name} does not have`,
      );
    }
    const { uid } = object.metadata;
    const count = (wanted: string) =>
      own.filter(({ result }) => result === wanted).length;
    cluster.apply(
      {
        apiVersion: `${group}/v1alpha2`,
        kind: 'PolicyReport',
        metadata: {
          name: uid!,
          namespace,
          labels: { 'app.kubernetes.io/managed-by': 'kyverno' },
        },
        scope: {
          apiVersion: object.apiVersion,
          kind: object.kind,
          name,
          namespace,
          uid,
        },
        summary: {
          pass: 7,
          fail: count('fail'),
          warn: count('warn'),
          error: 0,
          skip: 0,
        },
        results: [
          ...own.map(({ policy, rule, result, severity }) => ({
            policy,
            rule,
            result,
            severity,
            source: 'kyverno',
            message: `validation error: ${policy}: rule ${rule} failed at path /spec/template`,
            scored: true,
            timestamp: { seconds: 1_760_000_000, nanos: 0 },
          })),
          {
            policy: 'require-labels',
            rule: 'owner',
            result: 'pass',
            source: 'kyverno',
            scored: true,
          },
        ],
      },
      { manager: 'kyverno' },
    );
  }
}
