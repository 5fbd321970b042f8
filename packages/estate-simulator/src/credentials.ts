import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CompanySeed } from './seed/model';

/** Tokens of one system: to read, and to change. */
export interface SystemTokens {
  read: string;
  write: string;
}

/** All tokens of an estate. */
export interface EstateCredentials {
  github: SystemTokens & {
    /** Belongs to nobody of the organization. */
    outsider: string;
    /** What webhooks are signed with. */
    webhook: string;
  };
  argocd: Record<string, SystemTokens>;
  kubernetes: Record<string, SystemTokens & { admin: string }>;
  /** With which the company's capacity adviser, a program, calls the portal. */
  adviser: string;
}

/**
 * The tokens of an estate: made at random, and kept in the data folder, where
 * there is one, so that they outlive a restart.
 */
export function keepCredentials(
  company: CompanySeed,
  dataDir: string | undefined,
): EstateCredentials {
  const file = dataDir && join(dataDir, 'credentials.json');
  const kept = file ? readKept(file) : {};
  const made = makeCredentials(company, kept);
  if (file) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writePrivate(file, `${JSON.stringify(made, undefined, 2)}\n`);
  }
  return made;
}

/** Writes a file that only its owner can read, also when it was there before. */
export function writePrivate(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 });
}

type Kept = Partial<EstateCredentials>;

function readKept(file: string): Kept {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
    throw new Error(
      `The estate's tokens in ${file} cannot be read: remove the file to get new ones (${
        (error as Error).message
      })`,
    );
  }
}

function makeCredentials(company: CompanySeed, kept: Kept): EstateCredentials {
  const token = (prefix: string, before: string | undefined) =>
    before ?? `${prefix}${randomBytes(24).toString('base64url')}`;
  const pair = (prefix: string, before: Partial<SystemTokens> | undefined) => ({
    read: token(prefix, before?.read),
    write: token(prefix, before?.write),
  });
  return {
    github: {
      ...pair('ghp_simulated', kept.github),
      outsider: token('ghp_simulated', kept.github?.outsider),
      webhook: token('', kept.github?.webhook),
    },
    argocd: Object.fromEntries(
      company.argocd.map(({ name }) => [
        name,
        pair('argocd-simulated-', kept.argocd?.[name]),
      ]),
    ),
    kubernetes: Object.fromEntries(
      company.clusters.map(({ name }) => [
        name,
        {
          ...pair('k8s-simulated-', kept.kubernetes?.[name]),
          admin: token('k8s-simulated-', kept.kubernetes?.[name]?.admin),
        },
      ]),
    ),
    adviser: token('adviser-simulated-', kept.adviser),
  };
}
