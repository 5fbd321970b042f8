import type { OwnershipRuleDefinition } from './model';

/** The first team of the `*` rule in the CODEOWNERS file of the code's repository. */
export const codeowners: OwnershipRuleDefinition = {
  id: 'codeowners',
  opinions({ code, repository }, { teams }) {
    const source = repository ?? code;
    // Later rules win in CODEOWNERS.
    const rule = source?.data.codeowners
      ?.filter(({ pattern }) => pattern === '*')
      .pop();
    for (const owner of rule?.owners ?? []) {
      const team = /^@([^/\s]+)\/([^/\s]+)$/.exec(owner);
      if (!team) {
        continue;
      }
      const found = teams.find(team[1], team[2]);
      return [
        {
          owner: found?.ref ?? team[2],
          origin: 'claimed',
          evidence: `CODEOWNERS of ${source!.title}`,
          about: source,
        },
      ];
    }
    return [];
  },
};
