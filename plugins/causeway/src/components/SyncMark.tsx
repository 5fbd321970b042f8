import {
  RiCheckboxCircleFill,
  RiGitBranchLine,
  RiQuestionLine,
} from '@remixicon/react';
import type { RunningInstance } from '@causeway/backstage-plugin-causeway-common';
import { StatusMark } from './StatusMark';
import { useTexts } from './useTexts';

const looks = {
  synced: { tone: 'good', icon: RiCheckboxCircleFill },
  'out-of-sync': { tone: 'caution', icon: RiGitBranchLine },
  unknown: { tone: 'quiet', icon: RiQuestionLine },
} as const;

export function SyncMark({ sync }: { sync: RunningInstance['sync'] }) {
  const { t } = useTexts();
  if (!sync) {
    return <span>{t('sync.none')}</span>;
  }
  return <StatusMark {...looks[sync]}>{t(`sync.${sync}`)}</StatusMark>;
}
