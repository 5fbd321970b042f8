import type { AuthService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { toError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  EstateSource,
  SourcePartition,
} from '@causeway/backstage-plugin-causeway-node';
import { ArgocdSource, argocdPartitions } from './argocd/ArgocdSource';
import { CatalogSource } from './catalog/CatalogSource';
import { parseConfiguredKinds } from './config/parseConfiguredKinds';
import { parseSourceConfigs } from './config/parseSourceConfigs';
import type { SourceConfig, SourceFault } from './config/SourceConfig';
import type { HttpLimits } from './http/HttpLimits';
import { GithubSource } from './github/GithubSource';
import {
  configuredKinds,
  kindName,
  type KubernetesKind,
  kubernetesKinds,
} from './kubernetes/kinds';
import {
  KubernetesSource,
  kubernetesPartitions,
} from './kubernetes/KubernetesSource';
import { MisconfiguredSource } from './MisconfiguredSource';

/** All sources that are read, and what is wrong with others. */
export interface CreatedSources {
  sources: EstateSource[];
  /** What is wrong, each naming its key. */
  faults: { key: string; message: string }[];
  /** Ids whose partitions must not be given up; `undefined` for one that cannot be told. */
  faulty: Set<string | undefined>;
}

/** The sources of the configuration, the catalog, and those of other plugins. */
export function createSources(options: {
  config: Config;
  catalog: Pick<CatalogService, 'queryEntities'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  additional: EstateSource[];
  /** Milliseconds between readings of hand-written claims. */
  claimsRefresh: number;
  limits: HttpLimits;
  now: () => number;
}): CreatedSources {
  const { config, catalog, auth, additional, claimsRefresh } = options;
  const kinds = [
    ...kubernetesKinds,
    ...configuredKinds(
      parseConfiguredKinds(config, new Set(kubernetesKinds.map(kindName))),
    ),
  ];
  const parsed = parseSourceConfigs(config);
  const configFaults = [...parsed.faults];
  const faults: CreatedSources['faults'] = [...parsed.faults];
  const sources: EstateSource[] = [
    ...parsed.sources.map(source => createOrStandIn(source)),
    ...configFaults.map(standIn),
    new CatalogSource({ catalog, auth, refresh: claimsRefresh }),
  ];
  const ids = new Set(sources.map(source => source.id));
  for (const source of additional) {
    if (ids.has(source.id)) {
      faults.push({
        key: `source ${source.id}`,
        message: `A plugin adds a source with the id '${source.id}', which another source has: it is not read`,
      });
    } else {
      ids.add(source.id);
      sources.push(source);
    }
  }
  return {
    sources,
    faults,
    faulty: new Set(parsed.faults.map(fault => fault.id)),
  };

  function createOrStandIn(source: SourceConfig): EstateSource {
    try {
      return createSource(source, { ...options, kinds });
    } catch (error) {
      const { kind, id, key } = source;
      const fault = {
        kind,
        id,
        key,
        message: `${key}: ${toError(error).message}`,
      };
      parsed.faults.push(fault);
      faults.push(fault);
      return standIn(fault);
    }
  }
}

function createSource(
  source: SourceConfig,
  options: {
    config: Config;
    kinds: KubernetesKind[];
    limits: HttpLimits;
    now: () => number;
  },
): EstateSource {
  const { config, kinds, limits, now } = options;
  switch (source.kind) {
    case 'kubernetes':
      return new KubernetesSource({ config: source, kinds, limits, now });
    case 'argocd':
      return new ArgocdSource(source, limits);
    default:
      return new GithubSource({
        config: source,
        integrations: ScmIntegrations.fromConfig(config),
        limits,
        now,
      });
  }
}

/** A fault is a source, too: it shows the reason where the source would stand. */
function standIn(fault: SourceFault): EstateSource {
  const partitions: Record<SourceConfig['kind'], SourcePartition[]> = {
    kubernetes: kubernetesPartitions(undefined, kubernetesKinds),
    argocd: argocdPartitions,
    github: [
      { scope: '-', kind: 'repositories', listEvery: 'poll', watchable: false },
    ],
  };
  return new MisconfiguredSource({
    id: fault.id ?? fault.key,
    kind: fault.kind,
    partitions: partitions[fault.kind],
    message: fault.message,
  });
}
