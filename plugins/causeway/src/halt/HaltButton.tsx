import { useState } from 'react';
import Button from '@mui/material/Button';
import { RiPlayCircleLine, RiStopCircleLine } from '@remixicon/react';
import type { GateStatus } from '@causeway/backstage-plugin-causeway-common';
import { everything } from '../lib/haltScope';
import { HaltDialog } from './HaltDialog';
import { useTexts } from '../components/useTexts';

/**
 * The switch for everything or for one agent, after one more question; for
 * those who may. It is the same button both ways, so that it keeps the focus.
 */
export function HaltButton(props: {
  /** `all`, or the agent. */
  scope: string;
  status?: GateStatus;
  onChanged: () => void;
}) {
  const { t } = useTexts();
  const { scope, status } = props;
  // What was halted when the dialog opened: it does not turn around in one's hands.
  const [asks, setAsks] = useState<{
    halt?: GateStatus['halts'][number];
  }>();
  if (!status?.choices.halt.allowed) {
    return null;
  }
  const halt = status.halts.find(one => one.scope === scope);
  const Icon = halt ? RiPlayCircleLine : RiStopCircleLine;
  const haltText = scope === everything ? 'halt.all' : 'halt.one';
  const resumeText = scope === everything ? 'halt.resumeAll' : 'halt.resumeOne';
  return (
    <>
      <Button
        variant="outlined"
        color={halt ? 'primary' : 'error'}
        startIcon={<Icon size={18} aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setAsks({ halt })}
      >
        {t(halt ? resumeText : haltText)}
      </Button>
      {asks && (
        <HaltDialog
          scope={scope}
          halt={asks.halt}
          onClose={() => setAsks(undefined)}
          onChanged={props.onChanged}
        />
      )}
    </>
  );
}
