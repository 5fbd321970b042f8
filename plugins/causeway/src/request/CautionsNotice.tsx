import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { PlainText } from '../components/PlainText';
import { useTexts } from '../components/useTexts';
import { cautionsOf } from './cautions';

/** What does not add up, where nobody can miss it. */
export function CautionsNotice({ request }: { request: GateRequest }) {
  const { t } = useTexts();
  return (
    <>
      {cautionsOf(request).map(caution =>
        caution.kind === 'discrepancies' ? (
          <Alert key={caution.kind} severity="error" role="status">
            <AlertTitle>{t('request.discrepancies')}</AlertTitle>
            <ul style={{ margin: 0, paddingLeft: 20 }}>
              {caution.texts.map((text, index) => (
                <li key={index}>
                  <PlainText text={text} />
                </li>
              ))}
            </ul>
          </Alert>
        ) : (
          <Alert key={caution.kind} severity="warning" role="status">
            {t(`request.caution.${caution.kind}`)}
          </Alert>
        ),
      )}
    </>
  );
}
