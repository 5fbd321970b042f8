import { useState } from 'react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { RiShieldCheckLine } from '@remixicon/react';
import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { Empty } from '../components/Empty';
import { EntityLink } from '../components/EntityLink';
import { Section } from '../components/Section';
import { useTexts } from '../components/useTexts';

const kinds: EstateProblem['kind'][] = [
  'contested',
  'collision',
  'unowned',
  'unrepresented',
  'shortened',
];

const firstShown = 5;

const Group = styled('div')(({ theme }) => ({
  padding: theme.spacing(2),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  overflowWrap: 'anywhere',
  borderBottom: `1px solid ${theme.palette.divider}`,
  '&:last-of-type': { borderBottom: 'none' },
  '& h3': { margin: 0, fontSize: '0.875rem', fontWeight: 600 },
  '& p': { margin: 0, color: theme.palette.text.secondary },
  '& ul': { margin: theme.spacing(1, 0, 0), paddingLeft: theme.spacing(2.5) },
  '& li': { marginBottom: theme.spacing(0.75) },
  '& small': {
    display: 'block',
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
}));

function ProblemGroup(props: {
  kind: EstateProblem['kind'];
  problems: EstateProblem[];
}) {
  const { t } = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const { kind, problems } = props;
  const shown = showsAll ? problems : problems.slice(0, firstShown);
  return (
    <Group>
      <h3>
        {t(`estate.problem.${kind}`)}
        {/* One problem tells of all entities without an owner, with their number. */}
        {kind !== 'unowned' && ` (${problems.length})`}
      </h3>
      <p>{t(`estate.problemHint.${kind}`)}</p>
      <ul>
        {shown.map(problem => (
          <li key={problem.id}>
            {problem.entityRef ? (
              <EntityLink entityRef={problem.entityRef}>
                {problem.title}
              </EntityLink>
            ) : (
              <strong>{problem.title}</strong>
            )}
            <small>{problem.detail}</small>
          </li>
        ))}
      </ul>
      {shown.length < problems.length && (
        <Button size="small" onClick={() => setShowsAll(true)}>
          {t('common.showAll', { total: String(problems.length) })}
        </Button>
      )}
    </Group>
  );
}

/** Collisions, contested claims, what has no owner and what could not be represented. */
export function Problems({ problems }: { problems: EstateProblem[] }) {
  const { t } = useTexts();
  return (
    <Section title={t('estate.problems')}>
      {problems.length === 0 && (
        <Empty icon={RiShieldCheckLine} title={t('estate.noProblems')} />
      )}
      {kinds.map(kind => {
        const group = problems.filter(problem => problem.kind === kind);
        return (
          group.length > 0 && (
            <ProblemGroup key={kind} kind={kind} problems={group} />
          )
        );
      })}
    </Section>
  );
}
