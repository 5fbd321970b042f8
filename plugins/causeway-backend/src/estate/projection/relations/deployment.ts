import type { RelationRule } from './model';

/** An application deploys what Argo CD lists among its resources. */
export const applicationDeploys: RelationRule = {
  id: 'argocd-managed-resource',
  *infer({ subjects, management }) {
    for (const application of subjects.applications) {
      for (const { subject, resource } of management.managed(application)) {
        yield {
          from: application.ref,
          type: 'deploys',
          to: subject.ref,
          evidence: `application ${application.objectName} of ${application.data.instance} lists ${resource.kind} ${subject.namespace}/${resource.name} on ${subject.cluster}`,
          confidence: 'certain',
          partition: application.partition,
          carrier: application.ref,
        };
      }
    }
  },
};

/** An application comes from the repository that it deploys from. */
export const applicationSourcedFrom: RelationRule = {
  id: 'argocd-source',
  *infer({ subjects, repositories }) {
    for (const application of subjects.applications) {
      for (const { repoURL, path, chart } of application.data.sources) {
        const repository = repositories.byAddress(repoURL);
        if (repository) {
          yield {
            from: application.ref,
            type: 'sourcedFrom',
            to: repository.ref,
            evidence: `application ${application.objectName} deploys ${path ?? chart ?? '.'} of ${repository.title}`,
            confidence: 'certain',
            partition: application.partition,
            carrier: application.ref,
          };
        }
      }
    }
  },
};
