import { styled } from '@mui/material/styles';
import { RiAlertFill, RiCheckLine, RiQuestionLine } from '@remixicon/react';
import type { Plan } from '@causeway/backstage-plugin-causeway-common';
import { PlainText } from '../components/PlainText';
import { StatusMark } from '../components/StatusMark';
import { useTexts } from '../components/useTexts';

const List = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: theme.spacing(1.25, 2),
  display: 'grid',
  gap: 6,
  fontSize: '0.875rem',
  borderTop: `1px solid ${theme.palette.divider}`,
}));

/** Warnings of the plan, whether it interrupts, and whether the source would accept it. */
export function PlanNotes({ plan }: { plan: Plan }) {
  const { t } = useTexts();
  return (
    <List aria-label={t('request.warnings')}>
      {plan.warnings.map(warning => (
        <li key={warning}>
          <StatusMark tone="caution" icon={RiAlertFill}>
            <PlainText text={warning} />
          </StatusMark>
        </li>
      ))}
      <li>
        {plan.disruptive ? (
          <StatusMark tone="caution" icon={RiAlertFill}>
            {t('request.disruptive')}
          </StatusMark>
        ) : (
          <StatusMark tone="good" icon={RiCheckLine}>
            {t('request.notDisruptive')}
          </StatusMark>
        )}
      </li>
      <li>
        {plan.dryRun.done ? (
          <StatusMark tone="good" icon={RiCheckLine}>
            {t('request.dryRunDone')}
          </StatusMark>
        ) : (
          <StatusMark tone="quiet" icon={RiQuestionLine}>
            <PlainText
              text={t('request.dryRunNot', { why: plan.dryRun.why })}
            />
          </StatusMark>
        )}
      </li>
    </List>
  );
}
