import { useState } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { RiDownloadLine, RiShieldCheckLine } from '@remixicon/react';
import type {
  AnchorReport,
  AuditVerification,
} from '@causeway/backstage-plugin-causeway-common';
import { gateApiRef } from '../api';
import { CallError } from '../components/CallError';
import { Digest } from '../components/Digest';
import { PlainText } from '../components/PlainText';
import { useLocale } from '../components/useLocale';
import { formatDateTime } from '../lib/age';
import { useGateCall } from '../request/useGateCall';
import { toAuditQuery, type AuditFilter } from './auditFilter';
import { saveFile } from './saveFile';
import { useTexts } from '../components/useTexts';

/** More of them say nothing that the command does not say better. */
const mostFindings = 3;

/** What the signed checkpoints that the gate can reach say. */
function AnchorsFound({ anchors }: { anchors: AnchorReport }) {
  const { t } = useTexts();
  const locale = useLocale();
  const { checkpoints, findings } = anchors;
  if (findings.length === 0) {
    return (
      <div>
        {t('audit.anchorsFit', {
          count: checkpoints,
          checkpoints: new Intl.NumberFormat(locale).format(checkpoints),
        })}
      </div>
    );
  }
  return (
    <>
      {findings.slice(0, mostFindings).map(finding => (
        <div key={`${finding.kind} ${finding.line ?? finding.seq}`}>
          <PlainText
            text={`${finding.kind}: ${finding.why}. ${finding.advice}`}
          />
        </div>
      ))}
    </>
  );
}

/** Verifies the whole trail, and takes the narrowed one along. */
export function AuditTools({ filter }: { filter: AuditFilter }) {
  const { t } = useTexts();
  const api = useApi(gateApiRef);
  const locale = useLocale();
  const verifying = useGateCall();
  const exporting = useGateCall();
  const [found, setFound] = useState<AuditVerification>();
  const number = new Intl.NumberFormat(locale);
  const seconds = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'second',
    maximumFractionDigits: 2,
  });
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        <Button
          variant="outlined"
          startIcon={<RiShieldCheckLine size={18} aria-hidden />}
          disabled={verifying.busy}
          onClick={() => {
            setFound(undefined);
            verifying.run(async () => setFound(await api.verifyAudit()));
          }}
        >
          {t(verifying.busy ? 'audit.verifying' : 'audit.verify')}
        </Button>
        <Button
          variant="outlined"
          startIcon={<RiDownloadLine size={18} aria-hidden />}
          disabled={exporting.busy}
          onClick={() =>
            exporting.run(async () =>
              saveFile(
                await api.exportAudit(toAuditQuery(filter)),
                'causeway-audit.jsonl',
              ),
            )
          }
        >
          {t('audit.export')}
        </Button>
      </Box>
      {verifying.error && (
        <CallError title={t('audit.verifyFailed')} error={verifying.error} />
      )}
      {exporting.error && (
        <CallError title={t('audit.exportFailed')} error={exporting.error} />
      )}
      {found && (
        <Alert severity={found.whole ? 'success' : 'error'} role="status">
          {found.whole &&
            t('audit.whole', {
              count: found.entries,
              entries: number.format(found.entries),
              // Nothing is checked in no time.
              time: seconds.format(Math.max(0.01, found.durationMs / 1000)),
            })}
          {found.broken &&
            t('audit.broken', {
              seq: String(found.broken.seq),
              why: found.broken.why,
            })}
          {!found.whole && !found.broken && t('audit.misfit')}
          {found.anchors && <AnchorsFound anchors={found.anchors} />}
          {found.head && (
            <div>
              {t('audit.head')} <Digest digest={found.head} />
            </div>
          )}
          {found.unanchoredSince !== undefined && (
            <div>
              <PlainText
                text={t('audit.unanchored', {
                  time: formatDateTime(found.unanchoredSince, locale),
                })}
              />
            </div>
          )}
        </Alert>
      )}
    </Box>
  );
}
