import { describeFacts } from '../facts/describeFacts';
import type { Observation, ObservedWorkload } from '../observations/model';
import { describeContexts, type Shown } from './contexts';
import type { ProjectionSink } from './ProjectionSink';
import type { NamedService, World } from './World';
import type { WorkloadSubject } from './subjects';

/*
 * Most of what changes in an estate is how its workloads are: pods become
 * ready, a rollout goes on, a condition comes and goes. That says nothing about
 * names, owners, services and relations, which take nearly all the time of a
 * projection. It reaches the context and the facts of the workload, and of the
 * service that it is an instance of, and nothing else: no rule of identity,
 * ownership or relation reads the fields that are listed here.
 */

/** What of a workload is its state. */
type StateField = 'replicas' | 'current' | 'conditions';

/** The text of a workload without its state. */
function constitution(data: ObservedWorkload): string {
  const rest: Omit<ObservedWorkload, StateField> &
    Partial<Pick<ObservedWorkload, StateField>> = { ...data };
  delete rest.replicas;
  delete rest.current;
  delete rest.conditions;
  return JSON.stringify(rest);
}

function isWorkload(
  observation: Observation | undefined,
): observation is Observation<'Workload'> {
  return observation?.kind === 'Workload';
}

const nothing: Shown = {
  workloads: [],
  services: [],
  applications: [],
  projects: [],
  repositories: [],
  clusters: [],
  gateways: [],
  namespaces: [],
  routes: [],
  ingresses: [],
  described: [],
};

/** The changed state of one workload. */
interface NewState {
  workload: WorkloadSubject;
  data: ObservedWorkload;
}

/**
 * The workloads of which nothing but the state changed; `undefined` when
 * anything else changed as well.
 */
function readStates(
  world: World,
  changes: Iterable<{ before?: Observation; after?: Observation }>,
): NewState[] | undefined {
  const byData = new Map(
    world.subjects.workloads.map(workload => [workload.data, workload]),
  );
  const states: NewState[] = [];
  for (const { before, after } of changes) {
    // Not found where it is not the observation itself that the workload shows.
    const workload = isWorkload(before) && byData.get(before.data);
    if (
      !workload ||
      !isWorkload(after) ||
      constitution(before.data) !== constitution(after.data)
    ) {
      return undefined;
    }
    states.push({ workload, data: after.data });
  }
  return states;
}

/** The services that stand on the same Components as those of some workloads. */
function servicesOf(
  world: World,
  workloads: Iterable<WorkloadSubject>,
): NamedService[] {
  const refs = new Set<string>();
  for (const workload of workloads) {
    const service = world.serviceOf(workload);
    if (service) {
      refs.add(service.ref);
    }
  }
  return refs.size === 0
    ? []
    : world.services.filter(({ ref }) => refs.has(ref));
}

/**
 * Projects anew what follows from changed states of workloads, and nothing
 * else. The sink is given contexts and facts only, those that changed among
 * them.
 *
 * @param world - of the last projection; takes the new states over
 * @returns false when something else changed too: then all is to be projected
 */
export function projectStates(
  sink: Pick<ProjectionSink, 'context' | 'facts'>,
  world: World,
  changes: Iterable<{ before?: Observation; after?: Observation }>,
): boolean {
  const states = readStates(world, changes);
  if (!states) {
    return false;
  }
  for (const { workload, data } of states) {
    workload.data = data;
  }
  const services = servicesOf(
    world,
    states.map(({ workload }) => workload),
  );
  const workloads = [
    ...new Set([
      ...states.map(({ workload }) => workload),
      ...services.flatMap(({ members }) =>
        members.map(({ workload }) => workload),
      ),
    ]),
  ];
  const shown: Shown = { ...nothing, workloads, services };
  for (const described of describeContexts(world, shown)) {
    sink.context(described.context);
    sink.facts(describeFacts(described, world));
  }
  return true;
}
