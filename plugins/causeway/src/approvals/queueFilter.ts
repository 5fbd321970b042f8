import {
  requestStates,
  riskLevels,
  type RequestQuery,
  type RequestState,
  type RiskLevel,
} from '@causeway/backstage-plugin-causeway-common';
import { activeStates } from '../lib/openStates';

/** What of the requests is looked at. */
export const queueViews = [
  'mine',
  'pending',
  'active',
  'asked',
  'all',
] as const;

export type QueueView = (typeof queueViews)[number];

/** Everything that narrows the queue, as it stands in the address. */
export interface QueueFilter {
  view: QueueView;
  state: RequestState[];
  operation: string[];
  environment: string[];
  owner: string[];
  risk: RiskLevel[];
  tier: (1 | 2 | 3)[];
  target?: string;
  requester?: string;
  text: string;
}

function list(search: URLSearchParams, name: string): string[] {
  return [
    ...new Set(
      search
        .getAll(name)
        .flatMap(value => value.split(','))
        .map(value => value.trim())
        .filter(Boolean),
    ),
  ];
}

function known<T extends string>(values: string[], all: readonly T[]): T[] {
  return all.filter(one => values.includes(one));
}

/** What an address says of the queue; anything it cannot mean is ignored. */
export function parseQueueFilter(search: URLSearchParams): QueueFilter {
  return {
    view: known(list(search, 'view'), queueViews)[0] ?? 'mine',
    state: known(list(search, 'state'), requestStates),
    operation: list(search, 'operation'),
    environment: list(search, 'environment'),
    owner: list(search, 'owner'),
    risk: known(list(search, 'risk'), riskLevels),
    tier: ([1, 2, 3] as const).filter(tier =>
      list(search, 'tier').includes(String(tier)),
    ),
    target: search.get('target') || undefined,
    requester: search.get('requester') || undefined,
    text: search.get('text') ?? '',
  };
}

/** The same as an address; what is at its default is left out. */
export function formatQueueFilter(filter: QueueFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (filter.view !== 'mine') {
    search.set('view', filter.view);
  }
  for (const name of [
    'state',
    'operation',
    'environment',
    'owner',
    'risk',
    'tier',
  ] as const) {
    if (filter[name].length > 0) {
      search.set(name, filter[name].join(','));
    }
  }
  for (const name of ['target', 'requester', 'text'] as const) {
    if (filter[name]) {
      search.set(name, filter[name]!);
    }
  }
  return search;
}

/** How many filters narrow the view. */
export function countFilters(filter: QueueFilter): number {
  return [
    ...[filter.state, filter.operation, filter.environment],
    ...[filter.owner, filter.risk, filter.tier],
    filter.target ?? '',
    filter.requester ?? '',
    filter.text.trim(),
  ].filter(({ length }) => length > 0).length;
}

const ofView: Record<QueueView, RequestQuery> = {
  mine: { mine: true, order: 'urgency' },
  pending: { state: ['pending'], order: 'urgency' },
  active: { state: activeStates, order: 'newest' },
  asked: { asked: true, order: 'newest' },
  all: { order: 'newest' },
};

/** What is asked of the gate for a filter. */
export function toRequestQuery(filter: QueueFilter): RequestQuery {
  const some = <T>(values: T[]) => (values.length > 0 ? values : undefined);
  const { state, ...view } = ofView[filter.view];
  return {
    ...view,
    // A view of its own states is narrowed within them only by the others.
    state: state ?? some(filter.state),
    operation: some(filter.operation),
    environment: some(filter.environment),
    owner: some(filter.owner),
    risk: some(filter.risk),
    tier: some(filter.tier),
    target: filter.target,
    requester: filter.requester,
    text: filter.text.trim() || undefined,
  };
}
