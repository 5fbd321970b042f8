import { ArgoAccess } from './argocd/ArgoAccess';
import { EstateCredentials } from './credentials';
import { GitHubAccess } from './github/access';
import {
  AccessRule,
  AccessToken,
  adminRules,
  readerRules,
} from './kubernetes/api/access';

/** What operations on workloads need, and no more: examples/rbac/kubernetes-operator.yaml. */
export const operatorRules: AccessRule[] = [
  {
    verbs: ['get', 'patch'],
    apiGroups: ['apps'],
    resources: ['deployments', 'statefulsets', 'daemonsets'],
  },
  {
    verbs: ['get', 'patch'],
    apiGroups: ['argoproj.io'],
    resources: ['rollouts'],
  },
];

/** Who may call the GitHub APIs. */
export function githubAccesses({ github }: EstateCredentials): GitHubAccess[] {
  return [
    {
      token: github.read,
      login: 'meridian-portal',
      member: true,
      write: false,
    },
    {
      token: github.write,
      login: 'meridian-operator',
      member: true,
      write: true,
    },
    {
      token: github.outsider,
      login: 'passer-by',
      member: false,
      write: false,
    },
  ];
}

/** Who may call an Argo CD. */
export function argoAccesses(
  { argocd }: EstateCredentials,
  instance: string,
): ArgoAccess[] {
  const { read, write } = argocd[instance];
  return [
    { token: read, account: 'portal', write: false },
    { token: write, account: 'operator', write: true },
  ];
}

/** Who may call a cluster's API server. */
export function kubernetesAccesses(
  { kubernetes }: EstateCredentials,
  cluster: string,
): AccessToken[] {
  const { read, write, admin } = kubernetes[cluster];
  const account = (name: string) => `system:serviceaccount:platform:${name}`;
  return [
    { token: read, user: account('portal'), rules: readerRules },
    { token: write, user: account('operator'), rules: operatorRules },
    {
      token: admin,
      user: 'kubernetes-admin',
      groups: ['system:masters'],
      rules: adminRules,
    },
  ];
}
