import { Router } from 'express';
import { argoAccesses, githubAccesses, kubernetesAccesses } from './accesses';
import { createArgoApi } from './argocd/router';
import { EstateCredentials, keepCredentials } from './credentials';
import { GitHubModel } from './github/GitHubModel';
import { createGitHubApi, createGitHubPages } from './github/router';
import { createKubernetesApi } from './kubernetes/api/KubernetesApi';
import { Timers } from './kubernetes/Timers';
import { Life, LifeOptions, startLife } from './life/startLife';
import { meridian } from './seed/meridian';
import {
  ArgoInstanceName,
  ClusterName,
  CompanySeed,
  Persona,
} from './seed/model';
import { Faults } from './server/faults';
import { createKubeconfig } from './server/kubeconfig';
import {
  createSimulatorServer,
  SimulatorServer,
} from './server/SimulatorServer';
import { buildWorld, BuiltWorld } from './world/buildWorld';
import { EstateWorld } from './world/EstateWorld';

/**
 * Options of {@link createEstateSimulator}.
 *
 * @public
 */
export interface EstateSimulatorOptions {
  /** Port of the plain listener on 127.0.0.1; any free one by default. */
  httpPort?: number;
  /** Port of the TLS listener on 127.0.0.1; any free one by default. */
  httpsPort?: number;
  /** Whether the estate moves by itself; it does not by default. */
  life?: boolean | LifeOptions;
  /** The time of the estate; the real one by default. */
  now?: () => Date;
  timers?: Timers;
  /** Where tokens are kept from start to start; without it they are new each time. */
  dataDir?: string;
  /** The company to simulate; Meridian by default. */
  company?: CompanySeed;
  argocd?: {
    /** How long an operation stays `Running`, in milliseconds; 0, the default, ends it before the answer. */
    operationMs?: number;
    /** How long a drift lasts before Argo CD heals it, in milliseconds; 5000 by default. */
    selfHealMs?: number;
  };
  /** Milliseconds between two steps of a rollout; 0, the default, ends it at once. */
  rolloutStepMs?: number;
  /**
   * Under which address repositories know themselves, in their own answers and
   * in Argo CD's sources: `https://github.com` by default, so that a client
   * whose integration for github.com points here sees one consistent world.
   */
  githubWebUrl?: string;
}

/**
 * Addresses and tokens of a running estate.
 *
 * @public
 */
export interface EstateUrls {
  http: string;
  https: string;
  github: {
    /** REST, in the form of GitHub Enterprise Server. */
    api: string;
    graphql: string;
    raw: string;
    token: string;
    writeToken: string;
    /** A token without rights on the organization's private parts. */
    outsiderToken: string;
  };
  argocd: Record<
    ArgoInstanceName,
    { url: string; token: string; writeToken: string }
  >;
  kubernetes: Record<
    ClusterName,
    { url: string; token: string; writeToken: string; adminToken: string }
  >;
}

/**
 * A running simulated estate.
 *
 * @public
 */
export interface EstateSimulator {
  urls: EstateUrls;
  /** Kubeconfig (YAML) with a read-only context a cluster. */
  kubeconfig: string;
  /** The same with every right, for people who play with kubectl. */
  adminKubeconfig: string;
  /** The estate itself, to look at and to change. */
  world: EstateWorld;
  /** The GitHub organization: pull requests and rate limits. */
  github: GitHubModel;
  faults: Faults;
  life: Life | undefined;
  personas: Persona[];
  /** Breaks the connections in progress whose path starts so; returns how many. */
  disconnect(pathPrefix?: string): number;
  close(): Promise<void>;
}

/**
 * Starts the simulated estate on loopback: GitHub, the clusters and the Argo
 * CDs of a made-up company, over HTTP and HTTPS.
 *
 * @throws Error that names the port and the option when a port is taken
 * @public
 */
export async function createEstateSimulator(
  options: EstateSimulatorOptions = {},
): Promise<EstateSimulator> {
  const company = options.company ?? meridian;
  const credentials = keepCredentials(company, options.dataDir);
  const built = buildWorld({
    company,
    now: options.now ?? (() => new Date()),
    timers: options.timers,
    argocd: options.argocd,
    rolloutStepMs: options.rolloutStepMs,
    githubWebUrl: options.githubWebUrl,
  });
  try {
    return await serve({ company, credentials, built, options });
  } catch (error) {
    built.close();
    throw error;
  }
}

async function serve(parts: {
  company: CompanySeed;
  credentials: EstateCredentials;
  built: BuiltWorld;
  options: EstateSimulatorOptions;
}): Promise<EstateSimulator> {
  const { company, credentials, built, options } = parts;
  const { world } = built;
  // Known when it listens, and asked for on requests alone.
  let origin = '';
  const github = new GitHubModel({
    world,
    webUrl: options.githubWebUrl ?? 'https://github.com',
    assetsUrl: () => origin,
  });
  const accesses = githubAccesses(credentials);
  let about: object = {};
  const server = await createSimulatorServer({
    httpPort: options.httpPort,
    httpsPort: options.httpsPort,
    timers: options.timers,
    mounts: [
      ...[...world.clusters].map(([name, cluster]) => ({
        path: `/clusters/${name}`,
        router: createKubernetesApi({
          cluster,
          tokens: kubernetesAccesses(credentials, name),
          timers: options.timers,
        }),
      })),
      ...[...world.argocd].map(([name, controller]) => ({
        path: `/argocd/${name}`,
        router: createArgoApi({
          company,
          controller,
          accesses: argoAccesses(credentials, name),
          now: world.now,
        }),
      })),
      { path: '/github', router: createGitHubApi({ model: github, accesses }) },
      { path: '/simulator/v1/about', router: createAbout(() => about) },
      { path: '/', router: createGitHubPages({ model: github, accesses }) },
    ],
  });
  origin = server.httpUrl;
  about = {
    simulator: 'causeway-estate-simulator',
    company: company.name,
    origins: [server.httpUrl, server.httpsUrl],
    personas: company.personas,
  };
  const urls = urlsOf(server, company, credentials);
  const life = options.life
    ? startLife({
        world,
        github,
        timers: options.timers,
        ...(options.life === true ? {} : options.life),
      })
    : undefined;
  const kubeconfigWith = (token: 'token' | 'adminToken') =>
    createKubeconfig({
      clusters: company.clusters.map(({ name }) => ({
        name,
        server: urls.kubernetes[name].url,
        token: urls.kubernetes[name][token],
        caCertificate: server.caCertificate,
      })),
    });
  return {
    urls,
    kubeconfig: kubeconfigWith('token'),
    adminKubeconfig: kubeconfigWith('adminToken'),
    world,
    github,
    faults: server.faults,
    life,
    personas: company.personas,
    disconnect: pathPrefix => server.disconnect(pathPrefix),
    close: async () => {
      life?.stop();
      built.close();
      await server.close();
    },
  };
}

function createAbout(body: () => object): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    res.json(body());
  });
  return router;
}

function urlsOf(
  server: SimulatorServer,
  company: CompanySeed,
  credentials: EstateCredentials,
): EstateUrls {
  const { httpUrl: http, httpsUrl: https } = server;
  const { github, argocd, kubernetes } = credentials;
  return {
    http,
    https,
    github: {
      api: `${http}/github/api/v3`,
      graphql: `${http}/github/api/graphql`,
      raw: `${http}/github/raw`,
      token: github.read,
      writeToken: github.write,
      outsiderToken: github.outsider,
    },
    argocd: Object.fromEntries(
      company.argocd.map(({ name }) => [
        name,
        {
          url: `${http}/argocd/${name}`,
          token: argocd[name].read,
          writeToken: argocd[name].write,
        },
      ]),
    ) as EstateUrls['argocd'],
    kubernetes: Object.fromEntries(
      company.clusters.map(({ name }) => [
        name,
        {
          url: `${https}/clusters/${name}`,
          token: kubernetes[name].read,
          writeToken: kubernetes[name].write,
          adminToken: kubernetes[name].admin,
        },
      ]),
    ) as EstateUrls['kubernetes'],
  };
}
