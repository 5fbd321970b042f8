const rateLimit = 'rateLimit { limit remaining resetAt }';

/**
 * Repositories of an organization in bulk. Files are asked for by their place
 * at the head of the default branch; only CODEOWNERS is read, of the others
 * only whether they are there.
 */
export const repositoriesQuery = `
query EstateRepositories($organization: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: { field: NAME, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id
        name
        url
        description
        visibility
        isArchived
        isFork
        owner { login }
        defaultBranchRef {
          name
          target { ... on Commit { statusCheckRollup { state } } }
        }
        repositoryTopics(first: 20) { nodes { topic { name } } }
        languages(first: 10, orderBy: { field: SIZE, direction: DESC }) { nodes { name } }
        latestRelease { tagName publishedAt url }
        githubCodeowners: object(expression: "HEAD:.github/CODEOWNERS") { ... on Blob { text isTruncated } }
        rootCodeowners: object(expression: "HEAD:CODEOWNERS") { ... on Blob { text isTruncated } }
        docsCodeowners: object(expression: "HEAD:docs/CODEOWNERS") { ... on Blob { text isTruncated } }
        catalogInfo: object(expression: "HEAD:catalog-info.yaml") { __typename }
        agentsMd: object(expression: "HEAD:AGENTS.md") { __typename }
      }
    }
  }
}`;

const memberFields = `
totalCount
pageInfo { hasNextPage endCursor }
nodes { login name avatarUrl url }`;

/** Teams of an organization, each with the first page of its direct members. */
export const teamsQuery = `
query EstateTeams($organization: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $organization) {
    teams(first: $first, after: $after, orderBy: { field: NAME, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        slug
        name
        description
        url
        parentTeam { slug }
        members(first: 100, membership: IMMEDIATE) { ${memberFields} }
      }
    }
  }
}`;

/** Further direct members of one team. */
export const membersQuery = `
query EstateTeamMembers($organization: String!, $slug: String!, $after: String) {
  ${rateLimit}
  organization(login: $organization) {
    team(slug: $slug) {
      members(first: 100, after: $after, membership: IMMEDIATE) { ${memberFields} }
    }
  }
}`;
