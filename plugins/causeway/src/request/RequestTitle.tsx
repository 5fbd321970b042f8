import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { PlainText } from '../components/PlainText';
import { useTexts } from '../components/useTexts';

/** What would be done and where: what is named alike in two clusters must not look alike. */
export function RequestTitle({ request }: { request: GateRequest }) {
  const { t } = useTexts();
  const { environment } = request.target;
  const source = request.binding?.source ?? request.target.source;
  return (
    <>
      <PlainText text={request.plan?.summary ?? request.operation.title} />{' '}
      <PlainText
        text={
          environment
            ? t('request.inPlace', { environment, source })
            : t('request.inSource', { source })
        }
      />
    </>
  );
}
