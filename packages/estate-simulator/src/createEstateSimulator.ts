import { Router } from 'express';
import { argoAccesses, githubAccesses, kubernetesAccesses } from './accesses';
import { createArgoApi } from './argocd/router';
import { EstateCredentials, keepCredentials } from './credentials';
import { buildGeneratedWorld } from './generator/buildGeneratedWorld';
import {
  GenerateOptions,
  resolveGenerateOptions,
} from './generator/GenerateOptions';
import { GitHubModel } from './github/GitHubModel';
import { sendWebhooks } from './github/webhooks';
import { createGitHubApi, createRawFiles } from './github/router';
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
  Mount,
  ServerAddresses,
  SimulatorServer,
} from './server/SimulatorServer';
import { createArgoPages } from './web/argoPages';
import { createEstatePages } from './web/estatePages';
import { buildWorld } from './world/buildWorld';
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
  /**
   * Makes up an estate of this size in place of a company's: clusters full of
   * finished objects that nothing moves by itself, for measurements.
   */
  generate?: GenerateOptions;
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
   * in Argo CD's sources: the simulator's own by default, so that their links
   * lead to its pages. With `https://github.com` a client whose integration for
   * github.com points here sees one consistent world.
   */
  githubWebUrl?: string;
  /** Where GitHub's webhooks go, signed; without it none are sent. */
  webhookUrl?: string;
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
    /** What its webhooks are signed with. */
    webhookSecret: string;
  };
  argocd: Record<
    ArgoInstanceName,
    { url: string; token: string; writeToken: string }
  >;
  kubernetes: Record<
    ClusterName,
    { url: string; token: string; writeToken: string; adminToken: string }
  >;
  /** Token with which the company's capacity adviser, a program, calls the portal. */
  adviserToken: string;
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
  /** The same as who may change workloads, and nothing else: for the portal's gate. */
  operatorKubeconfig: string;
  /** The same with every right, for people who play with kubectl. */
  adminKubeconfig: string;
  /** The estate itself, to look at and to change. */
  world: EstateWorld;
  /** The GitHub organization: pull requests and rate limits. */
  github: GitHubModel;
  faults: Faults;
  life: Life | undefined;
  personas: Persona[];
  /** Sends GitHub's webhooks, signed, to an address from now on; returns the way to stop. */
  sendWebhooks(url: string): () => void;
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
  if (options.generate && (options.company || options.life)) {
    throw new Error(
      'generate makes up an estate of its own that does not move: leave company and life out',
    );
  }
  let built: BuiltEstate | undefined;
  const server = await createSimulatorServer({
    httpPort: options.httpPort,
    httpsPort: options.httpsPort,
    timers: options.timers,
    mounts: addresses => {
      built = buildEstate({ options, addresses });
      return built.mounts;
    },
  });
  return present({ options, server, built: built! });
}

interface BuiltEstate {
  company: CompanySeed;
  credentials: EstateCredentials;
  world: EstateWorld;
  github: GitHubModel;
  mounts: Mount[];
  close(): void;
}

/** The estate and what is served of it, at addresses that are known by now. */
function buildEstate(parts: {
  options: EstateSimulatorOptions;
  addresses: ServerAddresses;
}): BuiltEstate {
  const { options, addresses } = parts;
  const webUrl = options.githubWebUrl ?? addresses.httpUrl;
  const setting = {
    now: options.now ?? (() => new Date()),
    timers: options.timers,
    githubWebUrl: webUrl,
  };
  const { world, close } = options.generate
    ? buildGeneratedWorld({
        ...setting,
        settings: resolveGenerateOptions(options.generate),
      })
    : buildWorld({
        ...setting,
        company: options.company ?? meridian,
        argocd: options.argocd,
        rolloutStepMs: options.rolloutStepMs,
      });
  const { company } = world;
  const credentials = keepCredentials(company, options.dataDir);
  const github = new GitHubModel({
    world,
    webUrl,
    assetsUrl: addresses.httpUrl,
  });
  const accesses = githubAccesses(credentials);
  const about = {
    simulator: 'causeway-estate-simulator',
    company: company.name,
    origins: [addresses.httpUrl, addresses.httpsUrl],
    personas: company.personas,
  };
  return {
    company,
    credentials,
    world,
    github,
    close,
    mounts: [
      ...[...world.clusters].map(([name, cluster]) => ({
        path: `/clusters/${name}`,
        router: createKubernetesApi({
          cluster,
          tokens: kubernetesAccesses(credentials, name),
          timers: options.timers,
        }),
      })),
      ...[...world.argocd].flatMap(([name, controller]) => [
        {
          path: `/argocd/${name}`,
          router: createArgoPages({ company, controller }),
        },
        {
          path: `/argocd/${name}`,
          router: createArgoApi({
            company,
            controller,
            accesses: argoAccesses(credentials, name),
            now: world.now,
          }),
        },
      ]),
      { path: '/github', router: createGitHubApi({ model: github, accesses }) },
      { path: '/simulator/v1/about', router: createAbout(about) },
      { path: '/', router: createRawFiles({ model: github, accesses }) },
      { path: '/', router: createEstatePages({ model: github }) },
    ],
  };
}

/** A running estate, as those see it who started it. */
function present(parts: {
  options: EstateSimulatorOptions;
  server: SimulatorServer;
  built: BuiltEstate;
}): EstateSimulator {
  const { options, server, built } = parts;
  const { company, credentials, world, github } = built;
  const urls = urlsOf(server, company, credentials);
  const life = options.life
    ? startLife({
        world,
        github,
        timers: options.timers,
        ...(options.life === true ? {} : options.life),
      })
    : undefined;
  const send = (url: string) =>
    sendWebhooks(github, { url, secret: credentials.github.webhook });
  const stopWebhooks = options.webhookUrl && send(options.webhookUrl);
  const kubeconfigWith = (token: 'token' | 'writeToken' | 'adminToken') =>
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
    operatorKubeconfig: kubeconfigWith('writeToken'),
    adminKubeconfig: kubeconfigWith('adminToken'),
    world,
    github,
    faults: server.faults,
    life,
    personas: company.personas,
    sendWebhooks: send,
    disconnect: pathPrefix => server.disconnect(pathPrefix),
    close: async () => {
      life?.stop();
      if (stopWebhooks) {
        stopWebhooks();
      }
      built.close();
      await server.close();
    },
  };
}

function createAbout(body: object): Router {
  const router = Router();
  router.get('/', (_req, res) => {
    res.json(body);
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
      webhookSecret: github.webhook,
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
    adviserToken: credentials.adviser,
  };
}
