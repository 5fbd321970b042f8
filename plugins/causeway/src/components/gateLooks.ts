import {
  RiAlarmWarningFill,
  RiArrowGoBackLine,
  RiCheckDoubleLine,
  RiCheckLine,
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiForbid2Line,
  RiHandHeartLine,
  RiHourglassLine,
  RiInboxUnarchiveLine,
  RiLoader2Line,
  RiPulseLine,
  RiQuestionLine,
  RiTimeLine,
  type RemixiconComponentType,
} from '@remixicon/react';
import type {
  RequestState,
  RiskLevel,
} from '@causeway/backstage-plugin-causeway-common';
import type { Tone } from './StatusMark';

interface Look {
  tone: Tone;
  icon: RemixiconComponentType;
}

export const requestLooks: Record<RequestState, Look> = {
  pending: { tone: 'caution', icon: RiHourglassLine },
  approved: { tone: 'busy', icon: RiCheckLine },
  running: { tone: 'busy', icon: RiLoader2Line },
  verifying: { tone: 'busy', icon: RiPulseLine },
  succeeded: { tone: 'good', icon: RiCheckDoubleLine },
  refused: { tone: 'bad', icon: RiForbid2Line },
  manual: { tone: 'caution', icon: RiHandHeartLine },
  denied: { tone: 'bad', icon: RiCloseCircleFill },
  expired: { tone: 'quiet', icon: RiTimeLine },
  withdrawn: { tone: 'quiet', icon: RiInboxUnarchiveLine },
  lapsed: { tone: 'quiet', icon: RiTimeLine },
  failed: { tone: 'bad', icon: RiCloseCircleFill },
  'rolled-back': { tone: 'caution', icon: RiArrowGoBackLine },
  unknown: { tone: 'bad', icon: RiQuestionLine },
};

/** How many of four bars are filled says how much is at stake. */
export const riskLooks: Record<RiskLevel, { tone: Tone; bars: number }> = {
  critical: { tone: 'bad', bars: 4 },
  high: { tone: 'bad', bars: 3 },
  medium: { tone: 'caution', bars: 2 },
  low: { tone: 'quiet', bars: 1 },
};

export const passIcon = RiCheckboxCircleFill;
export const warnIcon = RiAlarmWarningFill;
