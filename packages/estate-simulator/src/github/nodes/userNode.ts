import { PersonSeed } from '../../seed/model';
import { databaseId, GitHubModel, nodeId } from '../GitHubModel';

/** `User` in GraphQL. */
export function userNode(model: GitHubModel, person: PersonSeed) {
  const url = `${model.webUrl}/${person.login}`;
  return {
    __typename: 'User',
    id: nodeId('U', person.login),
    databaseId: databaseId(`user ${person.login}`),
    login: person.login,
    name: person.name,
    email: `${person.login}@meridian.example`,
    organizationVerifiedDomainEmails: [`${person.login}@meridian.example`],
    avatarUrl: model.avatarUrl(person.login),
    url,
    resourcePath: `/${person.login}`,
    bio: person.title,
    company: `@${model.organization}`,
    location: null,
    isSiteAdmin: false,
    isEmployee: false,
    createdAt: '2019-04-01T08:00:00Z',
    updatedAt: '2026-01-05T08:00:00Z',
  };
}
