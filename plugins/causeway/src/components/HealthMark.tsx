import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Health } from '@causeway/backstage-plugin-causeway-common';
import { causewayTranslationRef } from '../translation';
import { healthLooks } from './icons';
import { StatusMark } from './StatusMark';

export function HealthMark({ health }: { health: Health }) {
  const { t } = useTranslationRef(causewayTranslationRef);
  return (
    <StatusMark {...healthLooks[health]}>{t(`health.${health}`)}</StatusMark>
  );
}
