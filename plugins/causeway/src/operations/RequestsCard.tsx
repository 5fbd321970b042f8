import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { Body } from '../components/Body';
import { useEntityPath } from '../components/EntityLink';
import { Loaded } from '../components/Loaded';
import { Section } from '../components/Section';
import { approvalsRouteRef } from '../routes';
import { RequestLines } from './RequestLines';
import { useEntityRequests } from './useEntityRequests';
import { useTexts } from '../components/useTexts';

const mostShown = 5;

/** Pending and recent requests about an entity and its parts. */
export function RequestsCard() {
  const { t } = useTexts();
  const { entity } = useEntity();
  const path = useEntityPath()(stringifyEntityRef(entity));
  const approvals = useRouteRef(approvalsRouteRef);
  const { target, requests } = useEntityRequests(entity, mostShown);
  return (
    <Section
      title={t('operations.card')}
      action={
        path && <Link to={`${path}/operations`}>{t('operations.askMenu')}</Link>
      }
    >
      <Loaded of={requests} errorTitle={t('operations.requestsError')}>
        {value =>
          value.items.length === 0 ? (
            <Body>
              <small>{t('operations.none')}.</small>
            </Body>
          ) : (
            <>
              <RequestLines page={value} />
              {approvals && value.total > value.items.length && (
                <Body>
                  <Link
                    to={`${approvals()}?view=all&target=${encodeURIComponent(target)}`}
                  >
                    {t('operations.allOf')} ({value.total})
                  </Link>
                </Body>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
