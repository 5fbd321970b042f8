import { lazy, Suspense } from 'react';
import Skeleton from '@mui/material/Skeleton';
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import type { BlastRadius } from '@causeway/backstage-plugin-causeway-common';
import { Body } from '../components/Body';
import { useEntityPath } from '../components/EntityLink';
import { PartBoundary } from '../components/PartBoundary';
import { PlainText } from '../components/PlainText';
import { compareEnvironments } from '../lib/environments';
import { shortName } from '../lib/shortName';
import { useReached } from '../lib/useReached';
import { useTexts } from '../components/useTexts';

// With the canvas and the layout engine: only for those who come so far.
const BlastGraph = lazy(() =>
  import('./BlastGraph').then(m => ({ default: m.BlastGraph })),
);

const Counts = styled('ul')({
  listStyle: 'none',
  '&&': { padding: 0, display: 'flex', flexWrap: 'wrap', gap: '2px 14px' },
});

function CountList(props: {
  title: string;
  counts: [string, number][];
  nameOf?: (name: string) => string;
}) {
  return props.counts.length === 0 ? null : (
    <div>
      <h3>{props.title}</h3>
      <Counts aria-label={props.title}>
        {props.counts.map(([name, count]) => (
          <li key={name}>
            <PlainText text={props.nameOf?.(name) ?? name} />{' '}
            <strong>{count}</strong>
          </li>
        ))}
      </Counts>
    </div>
  );
}

/** What the change may touch beyond its target. */
export function BlastPart(props: { blast?: BlastRadius; entityRef: string }) {
  const { t } = useTexts();
  const { blast } = props;
  // What depends on a workload depends on the service that it runs.
  const of = blast?.of ?? props.entityRef;
  const path = useEntityPath()(of);
  const hasGraph = blast !== undefined && blast.total > 0;
  const { reached, endRef } = useReached(hasGraph ? of : undefined, false);
  const most = (counts: Record<string, number>) =>
    Object.entries(counts).sort(([, a], [, b]) => b - a);
  const total = () => {
    if (!blast) {
      return t('request.blastUnknown');
    }
    if (blast.atLeast) {
      return t('request.blastAtLeast', { count: blast.total });
    }
    return blast.total === 0
      ? t('request.blastNone')
      : t('request.blastTotal', { count: blast.total });
  };
  return (
    <Body>
      <p>
        <strong>{total()}</strong>
      </p>
      {blast && (
        <>
          <CountList
            title={t('request.byEnvironment')}
            counts={Object.entries(blast.byEnvironment).sort(([a], [b]) =>
              compareEnvironments(a || undefined, b || undefined),
            )}
            nameOf={name => name || t('gate.unknownEnvironment')}
          />
          <CountList
            title={t('request.byOwner')}
            counts={most(blast.byOwner)}
            nameOf={name => (name ? shortName(name) : t('runtime.noOwner'))}
          />
          <CountList title={t('request.byKind')} counts={most(blast.byKind)} />
        </>
      )}
      {hasGraph && (
        <div ref={endRef}>
          {reached && (
            <PartBoundary of={of}>
              <Suspense fallback={<Skeleton variant="rounded" height={260} />}>
                <BlastGraph entityRef={of} />
              </Suspense>
            </PartBoundary>
          )}
        </div>
      )}
      {path && (
        <p>
          <Link to={`${path}/graph?direction=backward&depth=2`}>
            {t('request.graph')}
          </Link>
        </p>
      )}
    </Body>
  );
}
