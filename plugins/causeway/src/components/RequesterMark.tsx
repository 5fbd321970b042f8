import { RiRobot2Line, RiUserLine } from '@remixicon/react';
import type { RequestRow } from '@causeway/backstage-plugin-causeway-common';
import { shortName } from '../lib/shortName';
import { visibleText } from '../lib/visibleText';
import { useTexts } from './useTexts';

/** Who asks, in a line: a robot stands before an agent or a service, a head before a person. */
export function RequesterMark(props: { requester: RequestRow['requester'] }) {
  const { t } = useTexts();
  const { ref, kind, actor } = props.requester;
  const name = visibleText(shortName(ref));
  const isService = kind === 'subject';
  const Icon = isService || actor ? RiRobot2Line : RiUserLine;
  const ofAgent = actor ? t('approvals.agent', { name }) : name;
  return (
    <>
      <Icon size={15} aria-hidden />{' '}
      {isService ? t('approvals.subject', { name }) : ofAgent}
    </>
  );
}
