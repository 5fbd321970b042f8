import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Health } from '@causeway/backstage-plugin-causeway-common';
import { shownHealth } from '../lib/health';
import { causewayTranslationRef } from '../translation';
import { healthLooks } from './icons';
import { StatusMark } from './StatusMark';

export function HealthMark(props: {
  health: Health;
  /** Whether it runs on a schedule. */
  scheduled?: boolean;
}) {
  const { t } = useTranslationRef(causewayTranslationRef);
  const health = shownHealth(props.health, props.scheduled);
  return (
    <StatusMark {...healthLooks[health]}>{t(`health.${health}`)}</StatusMark>
  );
}
