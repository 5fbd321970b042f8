import { KubernetesObject, ResourceType } from '../model';
import { asList, asObject, at, isObject } from '../objects/json';
import { ageOf } from './ages';

/** One column that `kubectl get` prints; wide output alone when `priority` is 1. */
export interface TableColumn {
  name: string;
  type: 'string' | 'integer';
  format: string;
  priority: number;
  value(object: KubernetesObject, now: Date): unknown;
}

type Value = TableColumn['value'];

const none = '<none>';

function text(name: string, value: Value, priority = 0): TableColumn {
  return { name, type: 'string', format: '', priority, value };
}

function wide(name: string, value: Value): TableColumn {
  return text(name, value, 1);
}

function count(name: string, ...path: string[]): TableColumn {
  return {
    name,
    type: 'integer',
    format: '',
    priority: 0,
    value: object => at(object, ...path) ?? 0,
  };
}

function field(name: string, ...path: string[]): TableColumn {
  return text(name, object => at(object, ...path) ?? none);
}

const nameColumn: TableColumn = {
  name: 'Name',
  type: 'string',
  format: 'name',
  priority: 0,
  value: object => object.metadata.name,
};
const ageColumn = text('Age', (object, now) =>
  ageOf(object.metadata.creationTimestamp, now),
);

function joined(items: unknown[], separator = ','): string {
  return items.length > 0 ? items.join(separator) : none;
}

function labelsText(labels: unknown): string {
  return joined(
    Object.entries(asObject(labels)).map(([key, value]) => `${key}=${value}`),
  );
}

function containersOf(object: KubernetesObject): unknown[] {
  return asList(at(object, 'spec', 'template', 'spec', 'containers'));
}

const containerColumns = [
  wide('Containers', object =>
    joined(containersOf(object).map(item => at(item, 'name'))),
  ),
  wide('Images', object =>
    joined(containersOf(object).map(item => at(item, 'image'))),
  ),
];
const selectorColumn = wide('Selector', object =>
  labelsText(at(object, 'spec', 'selector', 'matchLabels')),
);

function conditionOf(object: KubernetesObject, type: string): unknown {
  return asList(at(object, 'status', 'conditions')).find(
    condition => at(condition, 'type') === type,
  );
}

function podStatus(object: KubernetesObject): unknown {
  if (object.metadata.deletionTimestamp) return 'Terminating';
  for (const status of asList(at(object, 'status', 'containerStatuses'))) {
    const reason =
      at(status, 'state', 'waiting', 'reason') ??
      at(status, 'state', 'terminated', 'reason');
    if (reason) return reason;
  }
  return at(object, 'status', 'phase') ?? 'Unknown';
}

function metricTargets(object: KubernetesObject): string {
  return joined(
    asList(at(object, 'spec', 'metrics')).map(metric => {
      const target = at(metric, 'resource', 'target', 'averageUtilization');
      const name = at(metric, 'resource', 'name') ?? at(metric, 'type');
      return `${name}: <unknown>/${target === undefined ? '<auto>' : `${target}%`}`;
    }),
    ', ',
  );
}

const byKind: Record<string, TableColumn[]> = {
  Pod: [
    nameColumn,
    text('Ready', object => {
      const statuses = asList(at(object, 'status', 'containerStatuses'));
      const ready = statuses.filter(status => at(status, 'ready')).length;
      return `${ready}/${asList(at(object, 'spec', 'containers')).length}`;
    }),
    text('Status', podStatus),
    text('Restarts', object =>
      String(
        asList(at(object, 'status', 'containerStatuses')).reduce<number>(
          (sum, status) => sum + Number(at(status, 'restartCount') ?? 0),
          0,
        ),
      ),
    ),
    ageColumn,
    wide('IP', object => at(object, 'status', 'podIP') ?? none),
    wide('Node', object => at(object, 'spec', 'nodeName') ?? none),
  ],
  Deployment: [
    nameColumn,
    text(
      'Ready',
      object =>
        `${at(object, 'status', 'readyReplicas') ?? 0}/${at(
          object,
          'spec',
          'replicas',
        )}`,
    ),
    count('Up-to-date', 'status', 'updatedReplicas'),
    count('Available', 'status', 'availableReplicas'),
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  ReplicaSet: [
    nameColumn,
    count('Desired', 'spec', 'replicas'),
    count('Current', 'status', 'replicas'),
    count('Ready', 'status', 'readyReplicas'),
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  StatefulSet: [
    nameColumn,
    text(
      'Ready',
      object =>
        `${at(object, 'status', 'readyReplicas') ?? 0}/${at(
          object,
          'spec',
          'replicas',
        )}`,
    ),
    ageColumn,
    ...containerColumns,
  ],
  DaemonSet: [
    nameColumn,
    count('Desired', 'status', 'desiredNumberScheduled'),
    count('Current', 'status', 'currentNumberScheduled'),
    count('Ready', 'status', 'numberReady'),
    count('Up-to-date', 'status', 'updatedNumberScheduled'),
    count('Available', 'status', 'numberAvailable'),
    text('Node Selector', object =>
      labelsText(at(object, 'spec', 'template', 'spec', 'nodeSelector')),
    ),
    ageColumn,
    ...containerColumns,
    selectorColumn,
  ],
  Service: [
    nameColumn,
    field('Type', 'spec', 'type'),
    field('Cluster-IP', 'spec', 'clusterIP'),
    text('External-IP', object =>
      joined(
        asList(at(object, 'status', 'loadBalancer', 'ingress')).map(
          item => at(item, 'ip') ?? at(item, 'hostname'),
        ),
      ),
    ),
    text('Port(s)', object =>
      joined(
        asList(at(object, 'spec', 'ports')).map(
          port => `${at(port, 'port')}/${at(port, 'protocol')}`,
        ),
      ),
    ),
    ageColumn,
    wide('Selector', object => labelsText(at(object, 'spec', 'selector'))),
  ],
  Namespace: [nameColumn, field('Status', 'status', 'phase'), ageColumn],
  Node: [
    nameColumn,
    text('Status', object =>
      at(conditionOf(object, 'Ready'), 'status') === 'True'
        ? 'Ready'
        : 'NotReady',
    ),
    text('Roles', object =>
      joined(
        Object.keys(object.metadata.labels ?? {})
          .filter(label => label.startsWith('node-role.kubernetes.io/'))
          .map(label => label.split('/')[1]),
      ),
    ),
    ageColumn,
    field('Version', 'status', 'nodeInfo', 'kubeletVersion'),
  ],
  ConfigMap: [
    nameColumn,
    text('Data', object => Object.keys(asObject(object.data)).length),
    ageColumn,
  ],
  Secret: [
    nameColumn,
    field('Type', 'type'),
    text('Data', object => Object.keys(asObject(object.data)).length),
    ageColumn,
  ],
  Ingress: [
    nameColumn,
    field('Class', 'spec', 'ingressClassName'),
    text('Hosts', object =>
      joined(
        asList(at(object, 'spec', 'rules')).map(
          rule => at(rule, 'host') ?? '*',
        ),
      ),
    ),
    text('Address', object =>
      asList(at(object, 'status', 'loadBalancer', 'ingress'))
        .map(item => at(item, 'ip') ?? at(item, 'hostname'))
        .join(','),
    ),
    text('Ports', object =>
      asList(at(object, 'spec', 'tls')).length > 0 ? '80, 443' : '80',
    ),
    ageColumn,
  ],
  CronJob: [
    nameColumn,
    field('Schedule', 'spec', 'schedule'),
    field('Timezone', 'spec', 'timeZone'),
    text('Suspend', object =>
      at(object, 'spec', 'suspend') ? 'True' : 'False',
    ),
    text('Active', object => asList(at(object, 'status', 'active')).length),
    text('Last Schedule', (object, now) => {
      const last = at(object, 'status', 'lastScheduleTime');
      return last ? ageOf(last, now) : none;
    }),
    ageColumn,
  ],
  Job: [
    nameColumn,
    text('Status', object =>
      isObject(conditionOf(object, 'Complete')) ? 'Complete' : 'Running',
    ),
    text(
      'Completions',
      object =>
        `${at(object, 'status', 'succeeded') ?? 0}/${
          at(object, 'spec', 'completions') ?? 1
        }`,
    ),
    ageColumn,
  ],
  HorizontalPodAutoscaler: [
    nameColumn,
    text(
      'Reference',
      object =>
        `${at(object, 'spec', 'scaleTargetRef', 'kind')}/${at(
          object,
          'spec',
          'scaleTargetRef',
          'name',
        )}`,
    ),
    text('Targets', metricTargets),
    text('MinPods', object => String(at(object, 'spec', 'minReplicas') ?? 1)),
    count('MaxPods', 'spec', 'maxReplicas'),
    count('Replicas', 'status', 'currentReplicas'),
    ageColumn,
  ],
  PodDisruptionBudget: [
    nameColumn,
    text('Min Available', object =>
      String(at(object, 'spec', 'minAvailable') ?? 'N/A'),
    ),
    text('Max Unavailable', object =>
      String(at(object, 'spec', 'maxUnavailable') ?? 'N/A'),
    ),
    count('Allowed Disruptions', 'status', 'disruptionsAllowed'),
    ageColumn,
  ],
  Event: [
    text('Last Seen', (object, now) =>
      ageOf(object.lastTimestamp ?? object.metadata.creationTimestamp, now),
    ),
    field('Type', 'type'),
    field('Reason', 'reason'),
    text('Object', object => {
      const kind = String(at(object, 'involvedObject', 'kind') ?? '');
      return `${kind.toLocaleLowerCase('en-US')}/${at(
        object,
        'involvedObject',
        'name',
      )}`;
    }),
    field('Message', 'message'),
  ],
  Application: [
    nameColumn,
    field('Sync Status', 'status', 'sync', 'status'),
    field('Health Status', 'status', 'health', 'status'),
    wide('Revision', object => at(object, 'status', 'sync', 'revision') ?? ''),
  ],
  Gateway: [
    nameColumn,
    field('Class', 'spec', 'gatewayClassName'),
    text('Address', object =>
      asList(at(object, 'status', 'addresses'))
        .map(address => at(address, 'value'))
        .join(','),
    ),
    text(
      'Programmed',
      object => at(conditionOf(object, 'Programmed'), 'status') ?? 'Unknown',
    ),
    ageColumn,
  ],
  HTTPRoute: [
    nameColumn,
    text('Hostnames', object => {
      const hostnames = asList(at(object, 'spec', 'hostnames'));
      return hostnames.length > 0 ? JSON.stringify(hostnames) : '';
    }),
    ageColumn,
  ],
};
byKind.GRPCRoute = byKind.HTTPRoute;

/** The columns of a type: name and age where nothing better is known. */
export function tableColumnsOf(type: ResourceType): TableColumn[] {
  return byKind[type.kind] ?? [nameColumn, ageColumn];
}
