import type { Assessment } from '@causeway/backstage-plugin-causeway-common';
import { Body } from '../components/Body';
import { PlainText } from '../components/PlainText';
import { useTexts } from '../components/useTexts';

/** Why it is refused and what to do instead. */
export function RefusalPart(props: { refusals: Assessment['refusals'] }) {
  const { t } = useTexts();
  return (
    <Body>
      <ul>
        {props.refusals.map((refusal, index) => (
          <li key={index}>
            <PlainText text={refusal.reason} />
            {refusal.hint && (
              <div>
                <small>{t('request.hint')}: </small>
                <PlainText text={refusal.hint} links />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Body>
  );
}
