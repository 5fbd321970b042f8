import type { Fact } from '@causeway/backstage-plugin-causeway-common';
import { EntityLink } from '../components/EntityLink';
import { useLocale } from '../components/useLocale';
import { formatFactValue } from '../lib/factValue';
import { useTexts } from '../components/useTexts';

const reference = /^(component|resource|group|user|api|template):[^/]+\/[^/]+$/;

/** A value of a fact: yes or no in words, references as links, numbers with their unit. */
export function FactValueText(props: {
  fact: Pick<Fact, 'value' | 'type' | 'unit'>;
}) {
  const { t } = useTexts();
  const locale = useLocale();
  const { value } = props.fact;
  if (typeof value === 'boolean') {
    return <>{t(value ? 'facts.yes' : 'facts.no')}</>;
  }
  if (typeof value === 'string' && reference.test(value)) {
    return <EntityLink entityRef={value} />;
  }
  return <>{formatFactValue(props.fact, locale)}</>;
}
