import path from 'node:path';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/** A configured rule that decides an owner. */
export interface OwnershipRule {
  /** Full entity reference. */
  owner: string;
  cluster?: string;
  namespace?: string;
  name?: string;
  project?: string;
  repository?: string;
}

/** A configured rule that decides an environment. */
export interface EnvironmentRule {
  environment: string;
  cluster?: string;
  namespace?: string;
}

/** What the projection needs to know besides the observations. */
export interface ProjectionConfig {
  entityNamespace: string;
  clusters: Record<
    string,
    {
      title?: string;
      environment?: string;
      dashboardUrl?: string;
      /** Addresses by which Argo CD may name the cluster. */
      addresses: string[];
    }
  >;
  argocd: Record<
    string,
    {
      /** Absent where only its custom resources are read. */
      url?: string;
      projectsAreTrusted: boolean;
      /** Where it runs, if its custom resources are read there, too. */
      runsIn?: { cluster: string; namespace: string };
      /** Source id of a cluster by server address or name. */
      destinations: Record<string, string>;
    }
  >;
  github: Record<string, { host: string }>;
  /** Whether teams are read, so that an owner can be held against them. */
  teamsAreObserved: boolean;
  environments: EnvironmentRule[];
  ownership: { rules: OwnershipRule[]; default?: string };
  claims: {
    /** Patterns of locations whose own content is trusted. */
    trustedLocations: string[];
    /** Locations of `catalog.locations`, as the catalog writes them. */
    configuredLocations: string[];
  };
}

function readOwner(value: string, namespace: string, key: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: 'group',
        defaultNamespace: namespace,
      }),
    );
  } catch {
    throw new InputError(
      `causeway.estate.${key} must be the name of a Group or an entity reference such as group:${namespace}/payments, but is '${value}'`,
    );
  }
}

/** Locations of `catalog.locations`, as the catalog writes them. */
export function readConfiguredLocations(config: Config): string[] {
  return (config.getOptionalConfigArray('catalog.locations') ?? []).map(
    location => {
      const type = location.getString('type');
      const target = location.getString('target');
      // The catalog resolves files the same way before it names the location.
      return `${type}:${type === 'file' ? path.resolve(target) : target}`;
    },
  );
}

/** Reads the parts of the configuration that decide what observations become. */
export function readProjectionConfig(root: Config): ProjectionConfig {
  const estate = root.getOptionalConfig('causeway.estate');
  const entityNamespace = (
    estate?.getOptionalString('entityNamespace') ?? 'default'
  ).toLowerCase();
  const list = (key: string) => estate?.getOptionalConfigArray(key) ?? [];
  const github = list('sources.github');
  const fallback = estate?.getOptionalString('ownership.default');

  return {
    entityNamespace,
    clusters: Object.fromEntries(
      list('sources.kubernetes').map(source => [
        source.getString('id'),
        {
          title: source.getOptionalString('title'),
          environment: source.getOptionalString('environment'),
          dashboardUrl: source.getOptionalString('dashboardUrl'),
          addresses: source.has('url') ? [source.getString('url')] : [],
        },
      ]),
    ),
    argocd: Object.fromEntries(
      list('sources.argocd').map(source => [
        source.getString('id'),
        {
          url: source.getOptionalString('url')?.replace(/\/+$/, ''),
          projectsAreTrusted:
            source.getOptionalBoolean('projectsAreTrusted') ?? false,
          runsIn: source.has('runsIn')
            ? {
                cluster: source.getString('runsIn.cluster'),
                namespace:
                  source.getOptionalString('runsIn.namespace') ?? 'argocd',
              }
            : undefined,
          destinations:
            source.getOptional<Record<string, string>>('destinations') ?? {},
        },
      ]),
    ),
    github: Object.fromEntries(
      github.map(source => [
        source.getOptionalString('id') ?? 'github',
        { host: source.getOptionalString('host') ?? 'github.com' },
      ]),
    ),
    teamsAreObserved: github.some(
      source => source.getOptionalBoolean('teams') ?? true,
    ),
    environments: list('environments').map(rule => ({
      environment: rule.getString('environment'),
      cluster: rule.getOptionalString('cluster'),
      namespace: rule.getOptionalString('namespace'),
    })),
    ownership: {
      rules: list('ownership.rules').map((rule, position) => ({
        owner: readOwner(
          rule.getString('owner'),
          entityNamespace,
          `ownership.rules[${position}].owner`,
        ),
        cluster: rule.getOptionalString('cluster'),
        namespace: rule.getOptionalString('namespace'),
        name: rule.getOptionalString('name'),
        project: rule.getOptionalString('project'),
        repository: rule.getOptionalString('repository'),
      })),
      default:
        fallback === undefined
          ? undefined
          : readOwner(fallback, entityNamespace, 'ownership.default'),
    },
    claims: {
      trustedLocations:
        estate?.getOptionalStringArray('claims.trustedLocations') ?? [],
      configuredLocations: readConfiguredLocations(root),
    },
  };
}
