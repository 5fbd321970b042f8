import { Router } from 'express';
import { GitHubModel, HostedRepository } from '../github/GitHubModel';
import { PersonSeed } from '../seed/model';
import { html, path } from './html';
import { facts, link, table } from './parts';
import { Page, sendMissing, sendPage } from './page';
import { createRepositoryPages } from './repositoryPages';

/**
 * The pages that links of GitHub lead to, for a person at the same machine:
 * nobody signs in here, and nothing can be changed. A page that is not there
 * is a 404 in the same form.
 */
export function createEstatePages({ model }: { model: GitHubModel }): Router {
  const { organization: org } = model;
  const router = Router();
  const show = (
    at: string | string[],
    page: (name: string) => Page | undefined,
  ) =>
    router.get(at, (req, res, next) => {
      const found = page(req.params.name ?? '');
      if (found) {
        sendPage(res, found);
      } else {
        next();
      }
    });

  show('/', () => homePage(model));
  show([`/${org}`, `/orgs/${org}`, `/orgs/${org}/:tab(teams|people)`], () =>
    organizationPage(model),
  );
  show(
    [
      `/orgs/${org}/teams/:name`,
      `/orgs/${org}/teams/:name/:tab(members|repositories)`,
    ],
    name => teamPage(model, name),
  );
  show('/topics/:name', name => topicPage(model, name));
  show('/:name', name => userPage(model, name));
  router.use(`/${org}`, createRepositoryPages({ model }));
  router.use((_req, res) => sendMissing(res));
  return router;
}

function homePage({ company }: GitHubModel): Page {
  return {
    title: company.name,
    body: html`<ul>
        <li>${link(path(company.organization), 'GitHub')}</li>
        ${company.argocd.map(
          ({ name }) =>
            html`<li>${link(path('argocd', name, 'applications'), name)}</li>`,
        )}
      </ul>
      <p class="quiet">The clusters answer to kubectl.</p>`,
  };
}

function repositoryTable(
  { organization }: GitHubModel,
  repositories: HostedRepository[],
) {
  return table(
    'Repositories',
    ['Name', 'Description'],
    repositories.map(({ seed }) => [
      link(path(organization, seed.name), seed.name),
      seed.description,
    ]),
  );
}

function peopleTable(heading: string, people: PersonSeed[]) {
  return table(
    heading,
    ['Login', 'Name', 'Title'],
    people.map(({ login, name, title }) => [
      link(path(login), login),
      name,
      title,
    ]),
  );
}

const teamPath = (model: GitHubModel, slug: string) =>
  path('orgs', model.organization, 'teams', slug);

function organizationPage(model: GitHubModel): Page {
  return {
    title: model.company.name,
    body: html`${repositoryTable(model, model.repositories())}
    ${table(
      'Teams',
      ['Team', 'Description'],
      model
        .teams()
        .map(({ slug, name, description }) => [
          link(teamPath(model, slug), name),
          description,
        ]),
    )}
    ${peopleTable('People', model.people())}`,
  };
}

function teamPage(model: GitHubModel, slug: string): Page | undefined {
  const team = model.teams().find(one => one.slug === slug);
  if (!team) {
    return undefined;
  }
  const { organization } = model;
  return {
    title: team.name,
    trail: [[organization, path(organization)]],
    body: html`${facts([
      ['Description', team.description],
      [
        'Part of',
        team.parent && link(teamPath(model, team.parent), team.parent),
      ],
      [
        'Teams',
        html`${model
          .childTeams(slug)
          .map(
            child => html`${link(teamPath(model, child.slug), child.name)} `,
          )}`,
      ],
    ])}
    ${peopleTable('Members', model.members(slug, { children: false }))}
    ${repositoryTable(model, model.teamRepositories(slug))}`,
  };
}

function topicPage(model: GitHubModel, topic: string): Page | undefined {
  const repositories = model
    .repositories()
    .filter(({ seed }) => seed.topics.includes(topic));
  return repositories.length === 0
    ? undefined
    : { title: topic, body: repositoryTable(model, repositories) };
}

function userPage(model: GitHubModel, login: string): Page | undefined {
  const person = model.people().find(one => one.login === login);
  return (
    person && {
      title: person.name,
      trail: [[model.organization, path(model.organization)]],
      body: facts([
        ['Login', person.login],
        ['Title', person.title],
        [
          'Teams',
          html`${person.teams.map(
            slug => html`${link(teamPath(model, slug), slug)} `,
          )}`,
        ],
      ]),
    }
  );
}
