import type { GoldenPart } from './GoldenPart';
import { goldenApplicationSets } from './parts/goldenApplicationSets';
import { goldenGatewayClasses } from './parts/goldenGatewayClasses';
import { goldenCrossplane } from './parts/goldenCrossplane';
import { goldenKagent } from './parts/goldenKagent';
import { goldenKargo } from './parts/goldenKargo';
import { goldenSecrets } from './parts/goldenSecrets';

/** What the company declares besides services, datastores, routes and teams, a file each. */
export const goldenParts: GoldenPart[] = [
  goldenApplicationSets,
  goldenGatewayClasses,
  goldenKargo,
  goldenCrossplane,
  goldenSecrets,
  goldenKagent,
];
