import { AppsV1Api, KubeConfig } from '@kubernetes/client-node';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Playwright is started in the root: its configuration looks for packages there.
const root = process.cwd();

/** A file that the scenario needs, or what to do where it is missing. */
function needed(variable: string, fallback: string[], hint: string): string {
  const path = process.env[variable] ?? join(root, ...fallback);
  if (!existsSync(path)) {
    throw new Error(`There is no file ${path} (${variable}). ${hint}`);
  }
  return path;
}

/** How many pods a Deployment of the simulated estate asks for, as its cluster itself says. */
export async function readReplicas(entityRef: string): Promise<number> {
  const [cluster, namespace, , name] = entityRef.split('/')[1].split('.');
  const config = new KubeConfig();
  config.loadFromFile(
    needed(
      'CAUSEWAY_ESTATE_KUBECONFIG',
      ['.causeway', 'estate', 'kubeconfig'],
      'npm start in this clone writes it: run that beside this, or name the kubeconfig of the portal under test.',
    ),
  );
  config.setCurrentContext(cluster);
  const { spec } = await config
    .makeApiClient(AppsV1Api)
    .readNamespacedDeployment({ name, namespace });
  return spec!.replicas!;
}

/** What Meridian's capacity adviser calls the portal with. */
export function adviserToken(): string {
  const { variables } = JSON.parse(
    readFileSync(
      needed(
        'CAUSEWAY_ESTATE_ENVIRONMENT',
        ['.causeway', 'estate', 'environment.json'],
        'npm start in this clone writes it: run that beside this, or name the one of the portal under test.',
      ),
      'utf8',
    ),
  );
  return variables.CAUSEWAY_ESTATE_ADVISER_TOKEN;
}

const begins = '# Declared by the browser tests, and gone again with them.';
const declared = new RegExp(`\n${begins}[^]*$`);

/** A policy file that the portal under test reads. */
const policyFile = () =>
  needed(
    'CAUSEWAY_POLICY_FILE',
    ['examples', 'policy', 'decisions.yaml'],
    'Name a policy file that the portal under test reads.',
  );

const readPolicy = () => readFileSync(policyFile(), 'utf8');

/** Freezes scaling in production for an hour, as people do it: by an edit of the policy. */
export function declareFreeze(name: string, reason: string): void {
  const time = (ms: number) =>
    new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
  const now = Date.now();
  // `spec` is the last part of the file, so that its end is the end of it.
  writeFileSync(
    policyFile(),
    `${readPolicy().replace(declared, '')}
${begins}
  freezes:
    - name: ${name}
      from: ${time(now - 60_000)}
      to: ${time(now + 3_600_000)}
      when: target.environment == 'production'
      operations: [scale-workload]
      reason: ${reason}
`,
  );
}

/** Lifts it, and what an earlier run may have left when it was cut short. */
export function liftFreeze(): void {
  const text = readPolicy();
  if (declared.test(text)) {
    writeFileSync(policyFile(), text.replace(declared, ''));
  }
}
