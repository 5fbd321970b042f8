import {
  RiApps2Line,
  RiArchiveStackLine,
  RiBox3Line,
  RiCalendarScheduleLine,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiCloudLine,
  RiDatabase2Line,
  RiDoorClosedLine,
  RiDoorOpenLine,
  RiDraftLine,
  RiErrorWarningFill,
  RiFlagLine,
  RiFolder3Line,
  RiForbid2Line,
  RiGitForkLine,
  RiGitMergeLine,
  RiGitRepositoryLine,
  RiGroupLine,
  RiHandCoinLine,
  RiKey2Line,
  RiLoader2Line,
  RiLockLine,
  RiPauseCircleFill,
  RiPlugLine,
  RiPuzzle2Line,
  RiQuestionLine,
  RiRobot2Line,
  RiRouteLine,
  RiSafe2Line,
  RiServerLine,
  RiShapesLine,
  RiShipLine,
  RiStackLine,
  RiTimeLine,
  RiToolsLine,
  RiUserLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type { PartitionState } from '@causeway/backstage-plugin-causeway-common';
import type { ShownHealth } from '../lib/health';
import type { Tone } from './StatusMark';

interface Look {
  tone: Tone;
  icon: RemixiconComponentType;
}

export const healthLooks: Record<ShownHealth, Look> = {
  healthy: { tone: 'good', icon: RiCheckboxCircleFill },
  progressing: { tone: 'busy', icon: RiLoader2Line },
  degraded: { tone: 'bad', icon: RiErrorWarningFill },
  scheduled: { tone: 'quiet', icon: RiCalendarScheduleLine },
  suspended: { tone: 'quiet', icon: RiPauseCircleFill },
  missing: { tone: 'bad', icon: RiCloseCircleFill },
  unknown: { tone: 'quiet', icon: RiQuestionLine },
};

export const stateLooks: Record<PartitionState, Look> = {
  fresh: { tone: 'good', icon: RiCheckboxCircleFill },
  stale: { tone: 'caution', icon: RiTimeLine },
  held: { tone: 'caution', icon: RiPauseCircleFill },
  waiting: { tone: 'busy', icon: RiLoader2Line },
  absent: { tone: 'quiet', icon: RiForbid2Line },
};

const typeIcons: Record<string, RemixiconComponentType> = {
  service: RiApps2Line,
  component: RiApps2Line,
  group: RiGroupLine,
  team: RiGroupLine,
  user: RiUserLine,
  api: RiPlugLine,
  openapi: RiPlugLine,
  'kubernetes-cluster': RiServerLine,
  'kubernetes-namespace': RiFolder3Line,
  'kubernetes-workload': RiBox3Line,
  'argocd-application': RiGitMergeLine,
  'argocd-project': RiStackLine,
  'argocd-applicationset': RiGitForkLine,
  'kargo-project': RiShipLine,
  'kargo-warehouse': RiArchiveStackLine,
  'kargo-stage': RiFlagLine,
  'github-repository': RiGitRepositoryLine,
  gateway: RiDoorOpenLine,
  'gateway-class': RiDoorClosedLine,
  route: RiRouteLine,
  datastore: RiDatabase2Line,
  'crossplane-definition': RiDraftLine,
  'crossplane-claim': RiHandCoinLine,
  'crossplane-composite': RiPuzzle2Line,
  'crossplane-managed': RiCloudLine,
  'external-secret': RiKey2Line,
  'sealed-secret': RiLockLine,
  'secret-store': RiSafe2Line,
  agent: RiRobot2Line,
  'mcp-server': RiToolsLine,
};

/** Icon of an entity by its type, else its kind. */
export function typeIcon(typeOrKind: string): RemixiconComponentType {
  return typeIcons[typeOrKind.toLowerCase()] ?? RiShapesLine;
}
