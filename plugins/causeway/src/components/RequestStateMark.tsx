import type { RequestState } from '@causeway/backstage-plugin-causeway-common';
import { requestLooks } from './gateLooks';
import { StatusMark } from './StatusMark';
import { useTexts } from './useTexts';

export function RequestStateMark(props: { state: RequestState }) {
  const { t } = useTexts();
  return (
    <StatusMark {...requestLooks[props.state]}>
      {t(`gate.state.${props.state}`)}
    </StatusMark>
  );
}
