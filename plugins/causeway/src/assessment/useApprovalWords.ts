import type {
  ApprovalRequirement,
  Quorum,
} from '@causeway/backstage-plugin-causeway-common';
import { useLocale } from '../components/useLocale';
import { missingVotes } from '../lib/quorum';
import { shortName } from '../lib/shortName';
import { useTexts } from '../components/useTexts';

/** Who has to approve, in words. */
export function useApprovalWords() {
  const { t } = useTexts();
  const locale = useLocale();
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const someOf = (groups: { group: string; count: number }[]) =>
    list.format(
      groups.map(({ group, count }) =>
        t('request.missingOf', {
          number: String(count),
          group: shortName(group),
        }),
      ),
    );
  return {
    /** `2 more people have to approve, among them 1 of security.` */
    missing(quorum: Quorum): string {
      if (quorum.met) {
        return t('request.quorumMet');
      }
      const { people, groups } = missingVotes(quorum);
      const among =
        groups.length > 0
          ? t('request.missingAmong', { groups: someOf(groups) })
          : '';
      return `${t('request.missing', { count: people })}${among}.`;
    },
    /** `2 people have to approve: of payments, among them 1 of security.` */
    required(approval: ApprovalRequirement): string {
      const groups = approval.approvers.map(shortName);
      const among =
        approval.required.length > 0
          ? t('request.missingAmong', { groups: someOf(approval.required) })
          : '';
      const people = t('operations.reviewBy', {
        count: approval.count,
        groups: groups.length
          ? new Intl.ListFormat(locale, { type: 'disjunction' }).format(groups)
          : t('operations.reviewWho'),
      });
      return `${people}${among}.`;
    },
  };
}
