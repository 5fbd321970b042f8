import type {
  EstateProblem,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import type { Observation } from '../observations/model';
import { byText, sortByText } from './compare';
import type { ProjectionConfig } from './config';
import { describeContexts, describeOrganization } from './contexts';
import { emitComponents } from './emit/components';
import { emitOrganization } from './emit/organization';
import { emitResources } from './emit/resources';
import { EntityNames } from './EntityNames';
import { decideEnvironments } from './environments';
import { nameServices } from './nameServices';
import { findManagement } from './management';
import type { Projection } from './model';
import { decideOwners } from './owners';
import { finish, inPieces } from './pieces';
import { inferRelations } from './relations/inferRelations';
import { findRepositories } from './repositories';
import { selectWorkloads } from './serviceSelection';
import { sortObservations } from './sortObservations';
import { listSubjects, type Subject } from './subjects';
import { listTeams } from './teams';
import { unownedEntities } from './unowned';
import { unseenReferences } from './unrepresented';
import type { World } from './World';

/**
 * The projection in pieces: runs to the next pause with every `next`, so that
 * a large estate does not hold up the process. Everything depends on the
 * observations and the configuration alone: neither time nor order matters.
 */
export function* projectInPieces(
  observations: Iterable<Observation>,
  config: ProjectionConfig,
): Generator<undefined, Projection> {
  const observed = sortObservations(observations);
  yield;
  const names = new EntityNames(config.entityNamespace);
  const subjects = listSubjects(observed, names);
  yield;
  const teams = listTeams(observed, names, config);
  const management = findManagement(subjects, config);
  const selection = selectWorkloads(observed, subjects);
  const repositories = findRepositories(subjects, config);
  yield;
  const codeOf = repositories.codeOf;
  const environments = decideEnvironments(subjects, management, config);
  const owners = yield* decideOwners(
    { subjects, teams, management, codeOf },
    config,
  );
  yield;
  const owner = (subject: Subject): SourcedValue | undefined =>
    owners.of(subject);
  const named = nameServices(
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
    repositories,
    services: named.services,
    serviceOf: named.serviceOf,
    codeOf,
    owner,
    environment: environments.of,
    problems: [],
  };
  const { edges, carried } = yield* inferRelations(world);
  const fallbackOwner = `group:${config.entityNamespace}/unowned`;
  const entities = sortByText(
    yield* inPieces(
      emitResources(world, carried, fallbackOwner),
      emitComponents(world, fallbackOwner),
      emitOrganization(world, names),
    ),
    ({ ref }) => ref,
  );
  yield;
  const contexts = sortByText(
    yield* inPieces(
      describeContexts(world),
      entities
        .filter(({ type }) => type === 'team' || type === 'user')
        .map(describeOrganization),
    ),
    ({ ref }) => ref,
  );
  yield;
  const problems = new Map<string, EstateProblem>();
  for (const problem of [
    ...names.problems,
    ...owners.problems,
    ...named.problems,
    ...unseenReferences(world),
    ...unownedEntities(entities, fallbackOwner),
  ]) {
    if (!problems.has(problem.id)) {
      problems.set(problem.id, problem);
    }
  }
  return {
    entities,
    edges,
    contexts,
    problems: [...problems.values()].sort(byText(({ id }) => id)),
  };
}

/** What follows from the observations: entities, relations, their context, and what could not be represented. */
export function project(
  observations: Iterable<Observation>,
  config: ProjectionConfig,
): Projection {
  return finish(projectInPieces(observations, config));
}
