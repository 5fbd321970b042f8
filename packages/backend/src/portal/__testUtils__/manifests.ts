/** A catalog file of one Component. */
export const component = (
  name: string,
  owner: string,
  annotations: Record<string, string> = {},
) => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations: ${JSON.stringify(annotations)}
spec:
  type: service
  lifecycle: production
  owner: ${owner}
`;

/** A catalog file of a workload, as somebody might write it by hand. */
export const resource = (ref: string, owner: string) => `
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata:
  name: ${ref.replace(/^.*\//, '')}
spec:
  type: kubernetes-workload
  owner: ${owner}
`;

/** A Deployment that nobody delivers by Git. */
export const deployment = (namespace: string, name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace, labels: { 'app.kubernetes.io/name': name } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name, image: 'quay.io/meridian/auditor:1.0.0' }] },
    },
  },
});
