import type {
  EstateProblem,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import { describeFacts } from '../facts/describeFacts';
import { indexSurroundings } from '../facts/surroundings';
import type { Observation } from '../observations/model';
import { assignInstances } from './argocdInstances';
import { sortByText } from './compare';
import type { ProjectionConfig } from './config';
import { describeContexts, describeOrganization } from './contexts';
import { emitComponents } from './emit/components';
import { emitOrganization } from './emit/organization';
import { emitResources } from './emit/resources';
import { EntityNames } from './EntityNames';
import { decideEnvironments } from './environments';
import { nameServices } from './nameServices';
import { findSuccessors } from './lifecycle';
import { findManagement } from './management';
import type { EntityContext, Projection } from './model';
import { decideOwners } from './owners';
import { chain, eachInPieces, finish } from './pieces';
import type { ProjectionSink } from './ProjectionSink';
import { inferRelations } from './relations/inferRelations';
import { findRepositories } from './repositories';
import { fillRolloutTemplates } from './rolloutTemplates';
import { selectWorkloads } from './serviceSelection';
import { sortObservations } from './sortObservations';
import { listSubjects, type Subject } from './subjects';
import { listTeams } from './teams';
import { unownedEntities } from './unowned';
import { unseenReferences } from './unrepresented';
import type { World } from './World';

/** What names and rules come to. */
interface Decided {
  world: World;
  names: EntityNames;
  problems: EstateProblem[];
}

/** Names everything and lets the rules decide. Holds on to nothing but what it answers with. */
function* decide(
  observations: Iterable<Observation>,
  config: ProjectionConfig,
): Generator<undefined, Decided> {
  const observed = fillRolloutTemplates(
    assignInstances(sortObservations(observations), config),
  );
  yield;
  const names = new EntityNames(config.entityNamespace);
  const subjects = yield* listSubjects(observed, names);
  yield;
  const teams = listTeams(observed, names, config);
  const management = findManagement(subjects, config);
  const selection = selectWorkloads(observed, subjects);
  const surroundings = indexSurroundings(observed, config);
  yield;
  const repositories = findRepositories(subjects, config);
  const codeOf = repositories.codeOf;
  const environments = decideEnvironments(subjects, management, config);
  const owners = yield* decideOwners(
    { subjects, teams, management, codeOf },
    config,
  );
  yield;
  const owner = (subject: Subject): SourcedValue | undefined =>
    owners.of(subject);
  const named = yield* nameServices(
    {
      observed,
      subjects,
      teams,
      management,
      codeOf,
      platformOwner: workload => {
        const decided = owner(workload);
        return decided?.origin === 'platform' && decided.rule !== 'default'
          ? decided.value
          : undefined;
      },
      environmentNames: environments.names,
    },
    names,
    config,
  );
  yield;
  const world: World = {
    config,
    observed,
    subjects,
    teams,
    management,
    selection,
    surroundings,
    repositories,
    services: named.services,
    serviceOf: named.serviceOf,
    codeOf,
    successorOf: findSuccessors(named.services),
    owner,
    environment: environments.of,
    problems: [],
  };
  return { world, names, problems: [...owners.problems, ...named.problems] };
}

/**
 * The projection in pieces: runs to the next pause with every `next`, so that
 * a large estate does not hold up the process. Everything depends on the
 * observations and the configuration alone: neither time nor order matters.
 *
 * @returns what it came to on the way, see {@link projectStates}
 */
export function* projectInto(
  sink: ProjectionSink,
  observations: Iterable<Observation>,
  config: ProjectionConfig,
): Generator<undefined, World> {
  const {
    world,
    names,
    problems: decided,
  } = yield* decide(observations, config);
  const { edges, carried } = yield* inferRelations(world);
  yield* eachInPieces(edges, edge => sink.edge(edge));

  const fallbackOwner = `group:${config.entityNamespace}/unowned`;
  const unowned: string[] = [];
  const organization: EntityContext[] = [];
  const entities = chain(
    emitResources(world, carried, fallbackOwner),
    emitComponents(world, fallbackOwner),
    emitOrganization(world, names),
  );
  yield* eachInPieces(entities, projected => {
    if (projected.entity.spec?.owner === fallbackOwner) {
      unowned.push(projected.ref);
    }
    if (projected.type === 'team' || projected.type === 'user') {
      organization.push(describeOrganization(projected));
    }
    sink.entity(projected);
  });

  yield* eachInPieces(describeContexts(world), described => {
    sink.context(described.context);
    sink.facts(describeFacts(described, world));
  });
  for (const context of organization) {
    sink.context(context);
  }
  yield;

  const problems = new Set<string>();
  for (const problem of chain(
    names.problems,
    decided,
    unseenReferences(world),
    unownedEntities(unowned.sort(), fallbackOwner),
  )) {
    if (!problems.has(problem.id)) {
      problems.add(problem.id);
      sink.problem(problem);
    }
  }
  return world;
}

/** What follows from the observations: entities, relations, their context, and what could not be represented. */
export function project(
  observations: Iterable<Observation>,
  config: ProjectionConfig,
): Projection {
  const found: Projection = {
    entities: [],
    edges: [],
    contexts: [],
    facts: [],
    problems: [],
  };
  finish(
    projectInto(
      {
        entity: entity => found.entities.push(entity),
        edge: edge => found.edges.push(edge),
        context: context => found.contexts.push(context),
        facts: facts => found.facts.push(facts),
        problem: problem => found.problems.push(problem),
      },
      observations,
      config,
    ),
  );
  return {
    edges: sortByText(found.edges, ({ key }) => key),
    entities: sortByText(found.entities, ({ ref }) => ref),
    contexts: sortByText(found.contexts, ({ ref }) => ref),
    facts: sortByText(found.facts, ({ ref }) => ref),
    problems: sortByText(found.problems, ({ id }) => id),
  };
}
