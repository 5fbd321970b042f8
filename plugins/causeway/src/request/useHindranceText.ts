import { visibleText } from '../lib/visibleText';
import type { Hindrance } from './voteHindrance';
import { useTexts } from '../components/useTexts';

/** What stands between a person and a vote, in words. */
export function useHindranceText() {
  const { t } = useTexts();
  return (hindrance: Hindrance): string => {
    switch (hindrance.code) {
      case 'notYours':
        return hindrance.why
          ? visibleText(hindrance.why)
          : t('request.why.notYours');
      case 'refused':
        return t('request.why.refused', {
          why: visibleText(hindrance.why ?? ''),
        });
      case 'state':
        return t('request.why.state', {
          state: t(`gate.state.${hindrance.state}`),
        });
      default:
        return t(`request.why.${hindrance.code}`);
    }
  };
}
