import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import type { EntityEstate } from '@causeway/backstage-plugin-causeway-common';
import { EntityLink } from '../components/EntityLink';
import { useTexts } from '../components/useTexts';

/** That a service is deprecated, and what replaces it. */
export function DeprecationNotice({ estate }: { estate: EntityEstate }) {
  const { t } = useTexts();
  if (estate.lifecycle?.value !== 'deprecated') {
    return null;
  }
  return (
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
  );
}

/** Claims about an entity that have no effect. */
export function ContestedNotice({ estate }: { estate: EntityEstate }) {
  const { t } = useTexts();
  const contested = estate.problems.filter(({ kind }) => kind === 'contested');
  if (contested.length === 0) {
    return null;
  }
  return (
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
  );
}

/** All that one has to know of an entity besides its facts. */
export function Notices({ estate }: { estate: EntityEstate }) {
  return (
    <>
      <DeprecationNotice estate={estate} />
      <ContestedNotice estate={estate} />
    </>
  );
}
