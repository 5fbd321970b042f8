import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import { Body } from '../components/Body';
import { EntityLink } from '../components/EntityLink';
import { PlainText } from '../components/PlainText';
import { useTexts } from '../components/useTexts';

/** The task that people get where the gate does nothing by itself. */
export function ManualPart(props: {
  manual: NonNullable<Assessment['manual']>;
}) {
  const { t } = useTexts();
  const { runbook, checklist, doneBy } = props.manual;
  return (
    <Body>
      {runbook && (
        <p>
          {t('request.runbook')}: <PlainText text={runbook} links />
        </p>
      )}
      {checklist.length > 0 && (
        <ol style={{ margin: 0, paddingLeft: 20 }}>
          {checklist.map((step, index) => (
            <li key={index}>
              <PlainText text={step} links />
            </li>
          ))}
        </ol>
      )}
      {doneBy.length > 0 && (
        <p>
          {t('request.doneBy')}{' '}
          {doneBy.map((group, index) => (
            <span key={group}>
              {index > 0 && ', '}
              <EntityLink entityRef={group} />
            </span>
          ))}
        </p>
      )}
    </Body>
  );
}
