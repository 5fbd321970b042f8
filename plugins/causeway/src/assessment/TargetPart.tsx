import { RiAlertFill } from '@remixicon/react';
import type {
  Binding,
  RequestTarget,
} from '@causeway/backstage-plugin-causeway-common';
import { EntityLink } from '../components/EntityLink';
import { FreshnessMark } from '../components/FreshnessMark';
import { PlainText } from '../components/PlainText';
import { StatusMark } from '../components/StatusMark';
import { Terms } from '../components/Terms';
import { useNames } from '../graph/useNames';
import { useTexts } from '../components/useTexts';

/** What it is about: whose it is, where, and how well it is known. */
export function TargetPart(props: {
  target: RequestTarget;
  binding?: Binding;
  now: number;
}) {
  const { t } = useTexts();
  const { typeName } = useNames();
  const { target, binding } = props;
  return (
    <Terms
      items={[
        {
          name: t('request.target'),
          value: (
            <>
              <EntityLink entityRef={target.entityRef}>
                <PlainText text={target.title} />
              </EntityLink>{' '}
              <small>{typeName(target.type)}</small>
            </>
          ),
        },
        {
          name: t('request.environment'),
          value: target.environment ? (
            <strong>
              <PlainText text={target.environment} />
            </strong>
          ) : (
            t('gate.unknownEnvironment')
          ),
        },
        {
          name: t('request.owner'),
          value: target.owner ? (
            <EntityLink entityRef={target.owner} />
          ) : (
            t('runtime.noOwner')
          ),
        },
        {
          name: t('request.observed'),
          value: <FreshnessMark freshness={target.freshness} now={props.now} />,
        },
        {
          name: t('request.contested'),
          value: target.contested && (
            <StatusMark tone="caution" icon={RiAlertFill}>
              {t('request.contestedWhy')}
            </StatusMark>
          ),
        },
        {
          name: t('request.claims'),
          value: target.claims.length > 0 && (
            <>
              {target.claims.map((claim, index) => (
                <div key={index}>
                  <PlainText text={`${claim.attribute}: ${claim.value}`} />{' '}
                  <small>({t(`origin.${claim.origin}`)})</small>
                </div>
              ))}
              <small>{t('request.claimsWhy')}</small>
            </>
          ),
        },
        {
          name: t('request.binding'),
          value: binding && (
            <>
              <PlainText
                text={t('request.bindingSource', {
                  kind: binding.kind,
                  name: [binding.namespace, binding.name]
                    .filter(Boolean)
                    .join('/'),
                  source: binding.source,
                })}
              />{' '}
              <small>
                <PlainText text={binding.uid} />
              </small>
            </>
          ),
        },
      ]}
    />
  );
}
