import { styled } from '@mui/material/styles';
import type { Freshness } from '@causeway/backstage-plugin-causeway-common';
import { Age } from './Age';
import { stateLooks } from './icons';
import { StatusMark } from './StatusMark';
import { useReasonTexts } from './useReasonTexts';
import { useTexts } from './useTexts';

const Reason = styled('span')(({ theme }) => ({
  display: 'block',
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

/** Age of an observation and, unless it is fresh, that it is not, and why. */
export function FreshnessMark(props: { freshness: Freshness; now: number }) {
  const { t } = useTexts();
  const { reasonName, whatToDo } = useReasonTexts();
  const { state, reason, message, confirmedAt } = props.freshness;
  const age =
    confirmedAt === undefined ? (
      t('runtime.neverConfirmed')
    ) : (
      <Age at={confirmedAt} now={props.now} />
    );
  if (state === 'fresh') {
    return <span>{age}</span>;
  }
  return (
    <div>
      <StatusMark {...stateLooks[state]}>
        <strong>{t(`state.${state}`)}</strong>, {age}
      </StatusMark>
      {reason && (
        <Reason title={message}>
          {reasonName(reason)}
          {'. '}
          {whatToDo(reason)}
        </Reason>
      )}
    </div>
  );
}
