import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  RiCheckboxCircleFill,
  RiGitBranchLine,
  RiQuestionLine,
} from '@remixicon/react';
import type { RunningInstance } from '@causeway/backstage-plugin-causeway-common';
import { causewayTranslationRef } from '../translation';
import { StatusMark } from './StatusMark';

const looks = {
  synced: { tone: 'good', icon: RiCheckboxCircleFill },
  'out-of-sync': { tone: 'caution', icon: RiGitBranchLine },
  unknown: { tone: 'quiet', icon: RiQuestionLine },
} as const;

export function SyncMark({ sync }: { sync: RunningInstance['sync'] }) {
  const { t } = useTranslationRef(causewayTranslationRef);
  if (!sync) {
    return <span>{t('sync.none')}</span>;
  }
  return <StatusMark {...looks[sync]}>{t(`sync.${sync}`)}</StatusMark>;
}
