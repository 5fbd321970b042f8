const rateLimit = 'rateLimit { limit remaining resetAt }';

/** What `BranchProtectionRule` and `RefUpdateRule` have in common. */
const protectionFields = `
pattern
allowsForcePushes
allowsDeletions
requiredApprovingReviewCount
requiredStatusCheckContexts
requiresCodeOwnerReviews
requiresLinearHistory`;

const deploymentFields = `
createdAt
commitOid
ref { name }
creator { login }
latestStatus { state }`;

/**
 * Repositories of an organization in bulk. Of files only CODEOWNERS is read;
 * whether others are there tell the names at the root. What guards the default
 * branch is asked of the branch, so that GitHub itself decides which patterns
 * and rulesets apply; `branchProtectionRule` takes rights that
 * `refUpdateRule` does without.
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
        pushedAt
        viewerCanAdminister
        owner { login }
        defaultBranchRef {
          name
          target { ... on Commit { statusCheckRollup { state } } }
          branchProtectionRule { ${protectionFields} requiresCommitSignatures requiresApprovingReviews isAdminEnforced }
          refUpdateRule { ${protectionFields} requiresSignatures }
          rules(first: 50) {
            nodes {
              type
              repositoryRuleset { name }
              parameters {
                ... on PullRequestParameters { requiredApprovingReviewCount requireCodeOwnerReview }
                ... on RequiredStatusChecksParameters { requiredStatusChecks { context } }
              }
            }
          }
        }
        repositoryTopics(first: 20) { nodes { topic { name } } }
        languages(first: 10, orderBy: { field: SIZE, direction: DESC }) { nodes { name } }
        latestRelease { tagName publishedAt url }
        githubCodeowners: object(expression: "HEAD:.github/CODEOWNERS") { ... on Blob { text isTruncated } }
        rootCodeowners: object(expression: "HEAD:CODEOWNERS") { ... on Blob { text isTruncated } }
        docsCodeowners: object(expression: "HEAD:docs/CODEOWNERS") { ... on Blob { text isTruncated } }
        root: object(expression: "HEAD:") { ... on Tree { entries { name } } }
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

/**
 * What comes out of repositories, in bulk: a few points a page. Of workflows
 * the runs of the newest commits are read, because one that did not run for
 * the head (a filter of paths) ran for one before.
 */
export const deliveriesQuery = `
query EstateDeliveries($organization: String!, $first: Int!, $after: String) {
  ${rateLimit}
  organization(login: $organization) {
    repositories(first: $first, after: $after, orderBy: { field: NAME, direction: ASC }) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        name
        owner { login }
        updatedAt
        pushedAt
        viewerCanAdminister
        releases(first: 10, orderBy: { field: CREATED_AT, direction: DESC }) {
          nodes { tagName name publishedAt isDraft isPrerelease url }
        }
        environments(first: 30) {
          nodes { name latestCompletedDeployment { ${deploymentFields} } }
        }
        deployments(first: 10, orderBy: { field: CREATED_AT, direction: DESC }) {
          nodes { environment ${deploymentFields} }
        }
        defaultBranchRef {
          name
          branchProtectionRule { id }
          target {
            ... on Commit {
              history(first: 5) {
                nodes {
                  checkSuites(first: 20) {
                    nodes {
                      status
                      conclusion
                      branch { name }
                      workflowRun { event url createdAt workflow { name } }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}`;
