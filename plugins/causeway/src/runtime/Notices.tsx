import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import type { EntityEstate } from '@causeway/backstage-plugin-causeway-common';
import { EntityLink } from '../components/EntityLink';
import { causewayTranslationRef } from '../translation';

/** What one has to know first: deprecation and claims without effect. */
export function Notices({ estate }: { estate: EntityEstate }) {
  const { t } = useTranslationRef(causewayTranslationRef);
  const isDeprecated = estate.lifecycle?.value === 'deprecated';
  const contested = estate.problems.filter(({ kind }) => kind === 'contested');
  return (
    <>
      {isDeprecated && (
        <Alert severity="warning" role="status" variant="outlined">
          <AlertTitle>{t('notice.deprecated')}</AlertTitle>
          {estate.successorRef ? (
            <>
              {t('notice.successorIntro')}{' '}
              <EntityLink entityRef={estate.successorRef} />.
            </>
          ) : (
            t('notice.noSuccessor')
          )}
        </Alert>
      )}
      {contested.length > 0 && (
        <Alert severity="info" role="status" variant="outlined">
          <AlertTitle>
            {t('notice.contested', { count: contested.length })}
          </AlertTitle>
          {t('notice.contestedWhy')}
          <ul style={{ margin: '8px 0 0', paddingLeft: 20 }}>
            {contested.map(problem => (
              <li key={problem.id}>
                <strong>{problem.title}</strong>
                {': '}
                {problem.detail}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
