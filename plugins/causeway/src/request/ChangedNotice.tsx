import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import type { Difference } from '../lib/requestDifferences';
import { PlainText } from '../components/PlainText';
import { shortDigest } from '../components/Digest';
import { useTexts } from '../components/useTexts';

/** That a request is not what was on the screen, and what is different. */
export function ChangedNotice(props: {
  from: string;
  to: string;
  differences: Difference[];
  onLooked: () => void;
}) {
  const { t } = useTexts();
  const { differences } = props;
  return (
    <Alert severity="warning">
      <AlertTitle>{t('request.changedTitle')}</AlertTitle>
      <p style={{ margin: 0 }}>
        {t('request.changedText', {
          from: shortDigest(props.from),
          to: shortDigest(props.to),
        })}
      </p>
      {differences.length === 0 && <p>{t('request.changedNothing')}</p>}
      <ul style={{ margin: '8px 0', paddingLeft: 20 }}>
        {differences.map((difference, index) => (
          <li key={index}>
            <strong>
              {t(`request.changed.${difference.what}`)}
              {difference.label && (
                <>
                  {', '}
                  <PlainText text={difference.label} />
                </>
              )}
            </strong>
            {': '}
            <del>
              <PlainText text={difference.before} folds />
            </del>{' '}
            <ins>
              <PlainText text={difference.after} folds />
            </ins>
          </li>
        ))}
      </ul>
      <Button
        variant="outlined"
        color="inherit"
        size="small"
        onClick={props.onLooked}
      >
        {t('request.changedLooked')}
      </Button>
    </Alert>
  );
}
