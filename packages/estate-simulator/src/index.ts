export * from './kubernetes';
export * from './server';
export { operatorRules } from './accesses';
export { environmentOf } from './environment';
export { createEstateSimulator } from './createEstateSimulator';
export type {
  EstateSimulator,
  EstateSimulatorOptions,
  EstateUrls,
} from './createEstateSimulator';
export type { GenerateOptions } from './generator/GenerateOptions';
export type { EstateWorld, ManifestAddress } from './world/EstateWorld';
export type {
  GitAuthor,
  GitChanges,
  GitCommit,
  GitTree,
} from './world/GitRepository';
export { GitRepository } from './world/GitRepository';
export type {
  ArgoController,
  ArgoControllerOptions,
  SyncRequest,
} from './argocd/ArgoController';
export type { GitHubModel, PullRequest } from './github/GitHubModel';
export type { Life, LifeOptions } from './life/startLife';
export { meridian } from './seed/meridian';
export * from './seed/model';
export { expectedEdges, formatEdge } from './seed/golden/expectedEdges';
export type { GoldenEdge } from './seed/golden/expectedEdges';
export { expectedEntities } from './seed/golden/expectedEntities';
export type { GoldenEntity } from './seed/golden/expectedEntities';
