/** A Deployment as its author would write it. */
export function deployment(
  name: string,
  options: {
    namespace?: string;
    image?: string;
    env?: { name: string; value?: string; valueFrom?: object }[];
    annotations?: Record<string, string>;
  } = {},
) {
  const labels = { app: name, 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: options.namespace ?? 'payments',
      labels,
      annotations: options.annotations,
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'web',
              image: options.image ?? 'ghcr.io/meridian/web:1',
              ports: [{ containerPort: 8080 }],
              env: options.env,
            },
          ],
        },
      },
    },
  };
}

export function namespace(name: string) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
