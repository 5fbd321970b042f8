import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import type { AssessmentPreview } from '@causeway/backstage-plugin-causeway-common';
import { PartBoundary } from '../components/PartBoundary';
import { PlainText } from '../components/PlainText';
import { RiskMark } from '../components/RiskMark';
import { Section } from '../components/Section';
import { BlastPart } from './BlastPart';
import { ChangesPart } from './ChangesPart';
import { CostPart } from './CostPart';
import { FailurePart } from './FailurePart';
import { ManualPart } from './ManualPart';
import { PlanNotes } from './PlanNotes';
import { RefusalPart } from './RefusalPart';
import { RulesPart } from './RulesPart';
import { TargetPart } from './TargetPart';
import { useApprovalWords } from './useApprovalWords';
import { useTexts } from '../components/useTexts';

const severities = {
  run: 'success',
  review: 'info',
  manual: 'warning',
  refuse: 'error',
} as const;

/** What would come of it, in a sentence, then all that the assessment holds. */
export function PreviewPart({ preview }: { preview: AssessmentPreview }) {
  const { t } = useTexts();
  const words = useApprovalWords();
  const { assessment, plan } = preview;
  const sentence = () => {
    switch (assessment.outcome) {
      case 'run':
        return t('operations.runsBecause', { why: assessment.summary });
      case 'review':
        return words.required(assessment.approval);
      case 'manual':
        return t('operations.manualBy', { why: assessment.summary });
      default:
        return t('operations.refusedBecause', {
          why: assessment.refusals[0]?.reason ?? assessment.summary,
        });
    }
  };
  return (
    <PartBoundary of={assessment.at}>
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Alert severity={severities[assessment.outcome]} role="status">
          <AlertTitle>{t(`gate.outcome.${assessment.outcome}`)}</AlertTitle>
          <PlainText text={sentence()} />
          <div>
            <RiskMark
              level={assessment.risk.level}
              title={assessment.risk.title}
            />
          </div>
        </Alert>
        {assessment.refusals.length > 0 && (
          <Section title={t('request.refusals')}>
            <RefusalPart refusals={assessment.refusals} />
          </Section>
        )}
        {assessment.manual && (
          <Section title={t('request.manual')}>
            <ManualPart manual={assessment.manual} />
          </Section>
        )}
        {plan && (
          <Section title={t('request.changes')}>
            <ChangesPart plan={plan} label={t('request.changes')} />
            <PlanNotes plan={plan} />
          </Section>
        )}
        <Section title={t('request.rules')}>
          <RulesPart assessment={assessment} />
        </Section>
        <Section title={t('request.target')}>
          <TargetPart target={preview.target} now={assessment.at} />
        </Section>
        <Section title={t('request.cost')}>
          <CostPart cost={preview.cost} limits={assessment.limits} />
        </Section>
        <Section title={t('request.blast')}>
          <BlastPart
            blast={preview.blastRadius}
            entityRef={preview.target.entityRef}
          />
        </Section>
        <Section title={t('request.failure')}>
          <FailurePart verification={assessment.verification} plan={plan} />
        </Section>
      </Box>
    </PartBoundary>
  );
}
