import { useCallback } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  RiCheckboxCircleFill,
  RiCloseCircleFill,
  RiErrorWarningFill,
  RiTimeLine,
} from '@remixicon/react';
import type {
  AnchorSinkStatus,
  AuditAnchors,
} from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { PlainText } from '../components/PlainText';
import { StatusMark, type Tone } from '../components/StatusMark';
import { useLocale } from '../components/useLocale';
import { useTexts, type Texts } from '../components/useTexts';
import { formatDateTime } from '../lib/age';
import { serverWords } from '../lib/serverWords';
import { useRefreshed } from '../lib/useRefreshed';

const pollMs = 30_000;

const looks: Record<
  AuditAnchors['state'],
  { tone: Tone; icon: typeof RiTimeLine }
> = {
  off: { tone: 'caution', icon: RiErrorWarningFill },
  waiting: { tone: 'quiet', icon: RiTimeLine },
  anchored: { tone: 'good', icon: RiCheckboxCircleFill },
  behind: { tone: 'caution', icon: RiErrorWarningFill },
  refused: { tone: 'bad', icon: RiCloseCircleFill },
};

function describe(anchors: AuditAnchors, t: Texts, locale: string): string {
  const { state, why = '', anchored, sinks, open } = anchors;
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const time = (at: number) => formatDateTime(at, locale);
  const upTo = anchored
    ? t('audit.anchoredUpTo', {
        seq: number(anchored.seq),
        time: time(anchored.at),
        key: anchored.key.slice(0, 12),
      })
    : t('audit.anchoredNot');
  const sink = ({ name, behind, failing }: AnchorSinkStatus) =>
    failing
      ? t('audit.sinkFailing', {
          name,
          count: behind,
          behind: number(behind),
          since: time(failing.since),
          why: failing.why,
        })
      : t('audit.sinkBehind', { name, count: behind, behind: number(behind) });
  switch (state) {
    case 'off':
      return t('audit.anchorsOff', { why });
    case 'waiting':
      return t('audit.anchorsWaiting');
    case 'refused':
      return `${t('audit.anchorsRefused', { why })} ${upTo}`;
    case 'behind':
      return [
        upTo,
        ...sinks
          .filter(({ behind, failing }) => behind > 0 || failing)
          .map(sink),
      ].join(' ');
    default:
      return open > 0
        ? `${upTo} ${t('audit.anchorsOpen', { count: open, open: number(open) })}`
        : upTo;
  }
}

/** What outside of the database vouches for the trail, in one line. */
export function AnchorLine() {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const locale = useLocale();
  const load = useCallback(
    (signal: AbortSignal) => api.getAuditAnchors({ signal }),
    [api],
  );
  const { value, error } = useRefreshed(load, pollMs);
  if (!value && !error) {
    return null;
  }
  return (
    <div role="status" aria-label={t('audit.anchors')}>
      {value ? (
        <StatusMark {...looks[value.state]}>
          <PlainText text={describe(value, t, locale)} />
        </StatusMark>
      ) : (
        <StatusMark tone="caution" icon={RiErrorWarningFill}>
          <PlainText
            text={t('audit.anchorsFailed', { message: serverWords(error!) })}
          />
        </StatusMark>
      )}
    </div>
  );
}
