import { KubernetesObject } from '../../kubernetes/model';
import { DatastorePlan } from '../planService';
import { Instance, metadataOf } from './metadata';

/** The StatefulSet of a datastore and its headless Service. */
export function datastoreObjects(
  instance: Instance,
  datastore: DatastorePlan,
): KubernetesObject[] {
  const { name, port } = datastore;
  const metadata = metadataOf(instance, {
    kind: 'StatefulSet',
    group: 'apps',
    name,
    component: 'datastore',
  });
  const labels = { ...metadata.labels, app: name };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { ...metadata, labels },
      spec: {
        replicas: 1,
        serviceName: name,
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'datastore',
                image: datastore.image,
                ports: [{ name: 'main', containerPort: port, protocol: 'TCP' }],
                readinessProbe: { tcpSocket: { port: 'main' } },
                resources: {
                  requests: { cpu: '250m', memory: '1Gi' },
                  limits: { memory: '1Gi' },
                },
                volumeMounts: [{ name: 'data', mountPath: '/data' }],
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '20Gi' } },
            },
          },
        ],
      },
      status: {
        observedGeneration: 1,
        replicas: 1,
        readyReplicas: 1,
        availableReplicas: 1,
        currentReplicas: 1,
        updatedReplicas: 1,
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadataOf(instance, {
          kind: 'Service',
          name,
          component: 'datastore',
        }),
        labels,
      },
      spec: {
        clusterIP: 'None',
        selector: { app: name },
        ports: [{ name: 'main', port, targetPort: 'main', protocol: 'TCP' }],
      },
      status: { loadBalancer: {} },
    },
  ];
}
