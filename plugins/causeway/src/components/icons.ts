import {
  RiApps2Line,
  RiBox3Line,
  RiCalendarScheduleLine,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiDatabase2Line,
  RiDoorOpenLine,
  RiErrorWarningFill,
  RiFolder3Line,
  RiForbid2Line,
  RiGitMergeLine,
  RiGitRepositoryLine,
  RiGroupLine,
  RiLoader2Line,
  RiPauseCircleFill,
  RiPlugLine,
  RiQuestionLine,
  RiRouteLine,
  RiServerLine,
  RiShapesLine,
  RiStackLine,
  RiTimeLine,
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
  'github-repository': RiGitRepositoryLine,
  gateway: RiDoorOpenLine,
  route: RiRouteLine,
  datastore: RiDatabase2Line,
};

/** Icon of an entity by its type, else its kind. */
export function typeIcon(typeOrKind: string): RemixiconComponentType {
  return typeIcons[typeOrKind.toLowerCase()] ?? RiShapesLine;
}
