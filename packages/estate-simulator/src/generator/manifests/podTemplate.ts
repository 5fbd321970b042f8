import { Instance, labelsOf } from './metadata';

/** Pods of a service: addresses of what it talks to, probes, limits. */
export function podTemplate(
  instance: Instance,
  options: { component: string; command?: string[] },
) {
  const { plan, cluster } = instance;
  const env: object[] = plan.calls.map((target, at) => ({
    name: `${target.name.replace(/-/g, '_').toLocaleUpperCase('en-US')}_URL`,
    value:
      at % 2 === 0
        ? `http://${target.name}.${target.team}.svc.cluster.local:${target.port}`
        : `http://${target.name}.${target.team}:${target.port}/v1`,
  }));
  const { datastore } = plan;
  if (datastore) {
    env.push(
      {
        name: 'DATABASE_URL',
        value: `${datastore.scheme}://app@${datastore.name}:${datastore.port}/${plan.team}`,
      },
      {
        name: 'DATABASE_PASSWORD',
        valueFrom: {
          secretKeyRef: {
            name: `${datastore.name}-credentials`,
            key: 'password',
          },
        },
      },
    );
  }
  env.push({ name: 'ENVIRONMENT', value: cluster.environment });
  for (let at = 0; at < plan.settings; at += 1) {
    env.push({ name: `FEATURE_${at}`, value: at % 3 === 0 ? 'off' : 'on' });
  }
  const probe = (path: string) => ({
    httpGet: { path, port: 'http', scheme: 'HTTP' },
  });
  return {
    metadata: {
      labels: labelsOf(instance, options.component),
    },
    spec: {
      serviceAccountName: plan.name,
      containers: [
        {
          name: plan.name,
          image: `${plan.image}:${plan.version}`,
          ...(options.command
            ? { command: options.command }
            : {
                ports: [
                  { name: 'http', containerPort: plan.port, protocol: 'TCP' },
                ],
                readinessProbe: probe('/ready'),
                livenessProbe: probe('/live'),
              }),
          env,
          resources: {
            requests: { cpu: '100m', memory: '256Mi' },
            limits: { memory: '512Mi' },
          },
        },
      ],
      ...(options.command && { restartPolicy: 'Never' }),
    },
  };
}
