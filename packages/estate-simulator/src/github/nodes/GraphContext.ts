import { GitHubAccess } from '../access';
import { GitHubModel, HostedRepository } from '../GitHubModel';
import { RateLimitState } from '../RateLimits';

/** What resolvers of one query share. */
export interface GraphContext {
  model: GitHubModel;
  access: GitHubAccess;
  /** State after this query was charged. */
  rateLimit: RateLimitState & { cost: number; nodeCount: number };
}

/** Whether the caller may know that a repository exists. */
export function maySee(
  access: GitHubAccess,
  repository: HostedRepository,
): boolean {
  return access.member || repository.seed.visibility === 'public';
}
