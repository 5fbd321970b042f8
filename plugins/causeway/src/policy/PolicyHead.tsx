import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Link from '@mui/material/Link';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import { RiAlertFill, RiCheckLine } from '@remixicon/react';
import type { PolicyView } from '@causeway/backstage-plugin-causeway-common';
import { Age } from '../components/Age';
import { Body, Pre } from '../components/Body';
import { Digest } from '../components/Digest';
import { PlainText } from '../components/PlainText';
import { Section } from '../components/Section';
import { StatusMark } from '../components/StatusMark';
import { Terms } from '../components/Terms';
import { useLocale } from '../components/useLocale';
import { formatDateTime } from '../lib/age';
import { outline } from '../lib/jsonText';
import { causewayTranslationRef } from '../translation';

/** Which policy is in force, since when, and what is wrong with it or waits. */
export function PolicyHead(props: { policy: PolicyView; now: number }) {
  const { t } = useTranslationRef(causewayTranslationRef);
  const locale = useLocale();
  const { policy, now } = props;
  return (
    <>
      {policy.invalid && (
        <Alert severity="error" role="status">
          <AlertTitle>{t('policy.invalid')}</AlertTitle>
          <p style={{ margin: 0 }}>
            <PlainText text={policy.invalid.message} /> (
            <Age at={policy.invalid.at} now={now} />)
          </p>
          {t('policy.invalidText')}
        </Alert>
      )}
      {policy.faults.length > 0 && (
        <Alert severity="warning" role="status">
          <AlertTitle>{t('policy.faultsTitle')}</AlertTitle>
          {t('policy.faultsText')}
          <ul style={{ margin: '4px 0 0', paddingLeft: 20 }}>
            {policy.faults.map(fault => (
              <li key={fault}>
                <PlainText text={fault} />
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {policy.announced && (
        <Alert severity="info" role="status">
          <AlertTitle>
            {t('policy.announced')} <Digest digest={policy.announced.hash} />
          </AlertTitle>
          {t('policy.announcedText', {
            time: formatDateTime(policy.announced.from, locale),
          })}
          <details>
            <summary>{t('policy.raw')}</summary>
            <Pre>
              <PlainText text={outline(policy.announced.document)} />
            </Pre>
          </details>
        </Alert>
      )}
      <Section
        title={t('policy.inForce')}
        action={<Link href="#what-if">{t('policy.whatIf')}</Link>}
      >
        <Terms
          items={[
            { name: t('policy.hash'), value: <Digest digest={policy.hash} /> },
            {
              name: t('policy.origin'),
              value: <PlainText text={policy.origin} />,
            },
            {
              name: t('policy.since'),
              value: <Age at={policy.since} now={now} />,
            },
            {
              name: t('policy.faults'),
              value:
                policy.faults.length === 0 ? (
                  <StatusMark tone="good" icon={RiCheckLine}>
                    {t('policy.faultsNone')}
                  </StatusMark>
                ) : (
                  <StatusMark tone="caution" icon={RiAlertFill}>
                    {t('policy.faultsCount', { count: policy.faults.length })}
                  </StatusMark>
                ),
            },
          ]}
        />
        <Body>
          <details>
            <summary>{t('policy.raw')}</summary>
            <Pre>
              <PlainText text={outline(policy.document)} />
            </Pre>
          </details>
        </Body>
      </Section>
    </>
  );
}
