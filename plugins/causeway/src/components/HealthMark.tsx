import type { Health } from '@causeway/backstage-plugin-causeway-common';
import { shownHealth } from '../lib/health';
import { healthLooks } from './icons';
import { StatusMark } from './StatusMark';
import { useTexts } from './useTexts';

export function HealthMark(props: {
  health: Health;
  /** Whether it runs on a schedule. */
  scheduled?: boolean;
}) {
  const { t } = useTexts();
  const health = shownHealth(props.health, props.scheduled);
  return (
    <StatusMark {...healthLooks[health]}>{t(`health.${health}`)}</StatusMark>
  );
}
