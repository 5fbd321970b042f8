import type { RelationRule } from './model';

/** A service comes from the repository that its images or annotations name. */
export const serviceSourcedFrom: RelationRule = {
  id: 'code-repository',
  *infer({ services, codeOf }) {
    for (const { members, ref } of services) {
      for (const { workload } of members) {
        const code = codeOf(workload);
        if (code) {
          yield {
            from: ref,
            type: 'sourcedFrom',
            to: code.repository.ref,
            evidence: code.evidence,
            confidence: 'likely',
            partition: workload.partition,
            carrier: workload.ref,
          };
        }
      }
    }
  },
};

/** A hand-written Component that took a service over comes from the repository that it names. */
export const claimSourcedFrom: RelationRule = {
  id: 'claimed-repository',
  *infer({ services, repositories }) {
    for (const { ref, claim } of services) {
      const slug = claim?.claim.data.annotations.githubSlug;
      const repository =
        slug === undefined ? undefined : repositories.bySlug(slug);
      if (repository) {
        yield {
          from: ref,
          type: 'sourcedFrom',
          to: repository.ref,
          evidence: `${ref} names repository ${repository.title}`,
          confidence: 'certain',
          partition: claim!.claim.partition,
          carrier: repository.ref,
        };
      }
    }
  },
};
