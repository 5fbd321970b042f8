import { useState } from 'react';
import type { GateRequest } from '@causeway/backstage-plugin-causeway-common';
import { DecideDialog } from './DecideDialog';
import { useGateRequest } from './useGateRequest';

/** A vote on a request that is not open: the dialog shows what will change. */
export function DecideFromQueue(props: {
  id: string;
  decision: 'approve' | 'deny';
  onClose: () => void;
  onVoted: (request: GateRequest) => void;
}) {
  const shown = useGateRequest(props.id);
  // Values that were opened count as seen for the digest that they belong to.
  const [wholeOf, setWholeOf] = useState<string>();
  return (
    <DecideDialog
      decision={props.decision}
      shown={shown}
      showsAll={wholeOf !== undefined && wholeOf === shown.request?.digest}
      onShowAll={() => setWholeOf(shown.request?.digest)}
      fromQueue
      onClose={props.onClose}
      onVoted={props.onVoted}
    />
  );
}
