import { isLeftToCluster } from './ignoredFields';

const object = {
  spec: {
    replicas: 3,
    template: { spec: { containers: [{ name: 'a' }, { name: 'api' }] } },
  },
};
const place = {
  group: 'apps',
  kind: 'Deployment',
  namespace: 'payments',
  name: 'payment-api',
};
const replicas = ['spec', 'replicas'];
const cpu = [
  'spec',
  'template',
  'spec',
  'containers',
  { name: 'api' },
  'resources',
  'requests',
  'cpu',
];
const rule = { group: 'apps', kind: 'Deployment' };
const left = (ignored: object, path: (string | { name: string })[]) =>
  isLeftToCluster({
    spec: { ignoreDifferences: [ignored] },
    object,
    place,
    path,
  });

describe('isLeftToCluster', () => {
  it.each([
    [{ ...rule, jsonPointers: ['/spec/replicas'] }, replicas],
    [{ group: '*', kind: '*', jsonPointers: ['/spec/replicas'] }, replicas],
    [
      {
        ...rule,
        name: 'payment-api',
        namespace: 'payments',
        jsonPointers: ['/status', '/spec/replicas'],
      },
      replicas,
    ],
    [{ ...rule, jqPathExpressions: ['.spec.replicas'] }, replicas],
    [{ ...rule, managedFieldsManagers: ['causeway'] }, replicas],
    [
      { ...rule, jsonPointers: ['/spec/template/spec/containers/1/resources'] },
      cpu,
    ],
    [
      {
        ...rule,
        jqPathExpressions: ['.spec.template.spec.containers[].resources'],
      },
      cpu,
    ],
  ])('%j leaves it', (ignored, path) => {
    expect(left(ignored, path)).toBe(true);
  });

  it.each([
    [{ ...rule, jsonPointers: ['/spec/replica'] }, replicas],
    [{ ...rule, jsonPointers: ['', '/', 'spec/replicas'] }, replicas],
    [
      { ...rule, kind: 'StatefulSet', jsonPointers: ['/spec/replicas'] },
      replicas,
    ],
    [{ kind: 'Deployment', jsonPointers: ['/spec/replicas'] }, replicas],
    [{ ...rule, name: 'other', jsonPointers: ['/spec/replicas'] }, replicas],
    [
      { ...rule, namespace: 'other', jsonPointers: ['/spec/replicas'] },
      replicas,
    ],
    [{ ...rule, jqPathExpressions: ['.spec | .replicas'] }, replicas],
    [{ ...rule, managedFieldsManagers: ['kube-controller-manager'] }, replicas],
    [
      { ...rule, jsonPointers: ['/spec/template/spec/containers/0/resources'] },
      cpu,
    ],
    [
      {
        ...rule,
        jsonPointers: [
          '/spec/template/spec/containers/1/resources/requests/cpu/x',
        ],
      },
      cpu,
    ],
  ])('%j does not', (ignored, path) => {
    expect(left(ignored, path)).toBe(false);
  });
});
