import type { AnnotationFormat } from '../rules/rule';
import { coreAnnotations } from './core';

const slug = {
  pattern: /^[\w.-]+\/[\w.-]+$/,
  expected: 'owner/repository',
};
const labelValue = {
  pattern: /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)$/,
  expected:
    'a Kubernetes label value: letters, digits, "-", "_" and ".", at most 63',
};
const kubernetesName = {
  pattern: /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
  expected: 'a Kubernetes name: lower-case letters, digits, "-" and "."',
};
const location = {
  pattern: /^(url:https?:\/\/\S+|file:\S.*)$/,
  expected: 'url:https://… or file:…',
};
const url = { pattern: /^https?:\/\/\S+$/, expected: 'an http or https URL' };
const selector = {
  pattern:
    /^[^=,\s!]+\s*((==?|!=)\s*[^=,\s]*|\s+(not)?in\s*\([^)]*\))?(\s*,\s*!?[^=,\s]+\s*((==?|!=)\s*[^=,\s]*|\s+(not)?in\s*\([^)]*\))?)*$|^!\S+$/,
  expected: 'a label selector such as app=shop,tier=web',
};
const any: AnnotationFormat = {};

/**
 * Annotations that Backstage, its well-known plugins and Causeway read, each
 * with the form that its reader needs.
 */
const wellKnown: Record<string, AnnotationFormat> = {
  'backstage.io/techdocs-ref': {
    pattern: /^(dir:\S.*|url:https?:\/\/\S+)$/,
    expected: 'dir:. or url:https://…',
  },
  'backstage.io/techdocs-entity': {
    pattern: /^[A-Za-z][\w]*:([\w.-]+\/)?[\w.-]+$/,
    expected: 'an entity reference such as component:default/shop',
  },
  'backstage.io/techdocs-entity-path': any,
  'backstage.io/source-location': location,
  'backstage.io/view-url': url,
  'backstage.io/edit-url': url,
  'backstage.io/kubernetes-id': labelValue,
  'backstage.io/kubernetes-namespace': kubernetesName,
  'backstage.io/kubernetes-label-selector': selector,
  'backstage.io/kubernetes-cluster': any,
  'backstage.io/kubernetes-context': any,
  'backstage.io/time-saved': any,
  'backstage.io/code-coverage': any,
  'backstage.io/ldap-rdn': any,
  'backstage.io/ldap-uuid': any,
  'backstage.io/ldap-dn': any,
  'backstage.io/orphan': any,
  'backstage.io/adr-location': any,
  'backstage.io/linguist': any,
  'backstage.io/last-modified': any,
  'github.com/project-slug': slug,
  'github.com/team-slug': {
    pattern: /^[\w.-]+\/[\w.-]+$/,
    expected: 'organization/team',
  },
  'github.com/user-login': {
    pattern: /^[A-Za-z0-9](-?[A-Za-z0-9])*(_[A-Za-z0-9]+)?(\[bot\])?$/,
    expected: 'a GitHub login',
  },
  'github.com/user-id': any,
  'gitlab.com/project-slug': {
    pattern: /^[\w.-]+(\/[\w.-]+)+$/,
    expected: 'group/project',
  },
  'gitlab.com/project-id': {
    pattern: /^\d+$/,
    expected: 'the number of the project',
  },
  'gitlab.com/instance': any,
  'dev.azure.com/project-repo': slug,
  'dev.azure.com/project': any,
  'dev.azure.com/build-definition': any,
  'dev.azure.com/host-org': any,
  'dev.azure.com/readme-path': any,
  'argocd/app-name': kubernetesName,
  'argocd/app-selector': selector,
  'argocd/app-namespace': kubernetesName,
  'argocd/project-name': kubernetesName,
  'argocd/instance-name': any,
  'argocd/proxy-url': any,
  'sonarqube.org/project-key': any,
  'sentry.io/project-slug': any,
  'jenkins.io/job-full-name': any,
  'jenkins.io/github-folder': any,
  'pagerduty.com/integration-key': any,
  'pagerduty.com/service-id': any,
  'pagerduty.com/account': any,
  'grafana/alert-label-selector': any,
  'grafana/dashboard-selector': any,
  'grafana/tag-selector': any,
  'jira/project-key': {
    pattern: /^[A-Z][A-Z0-9_]*$/,
    expected: 'a Jira project key such as SHOP',
  },
  'causeway.dev/source': any,
  'causeway.dev/partition': any,
  'causeway.dev/component': any,
  'causeway.dev/owner': any,
  'causeway.dev/lifecycle': any,
  'causeway.dev/successor': any,
  'causeway.dev/environment': any,
  'causeway.dev/template': any,
  'causeway.dev/template-version': any,
  'causeway.dev/template-task': any,
  'causeway.dev/template-time': any,
};

/** Domains whose annotations are known well enough that an unknown one deserves a hint. */
export const knownNamespaces: readonly string[] = [
  'argocd',
  'backstage.io',
  'causeway.dev',
  'dev.azure.com',
  'github.com',
  'gitlab.com',
];

/** All known annotations; the configuration adds its own. */
export function knownAnnotations(
  own: Iterable<readonly [string, AnnotationFormat]> = [],
): ReadonlyMap<string, AnnotationFormat> {
  return new Map<string, AnnotationFormat>([
    ...coreAnnotations.map(({ name }) => [name, any] as const),
    ...Object.entries(wellKnown),
    ...own,
  ]);
}
