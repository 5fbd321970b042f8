import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';

const examples = resolve(__dirname, '../../../../../examples/policy');
const names = ['risk-tiers.yaml', 'decisions.yaml'];

/** The shipped policy in a folder of its own, where it can be edited. */
export interface PolicyFiles {
  files: string[];
  /** Nothing changes in production from now on; returns the way to lift it. */
  freeze(reason: string): Promise<() => Promise<void>>;
}

/** Copies the shipped policy; a change is watched for so long, and the rest is as it is shipped. */
export async function copyPolicy(
  folder: string,
  soakFor: string,
): Promise<PolicyFiles> {
  const home = await mkdtemp(join(folder, 'policy-'));
  const files = names.map(name => join(home, name));
  for (const [at, name] of names.entries()) {
    const document = parseDocument(
      await readFile(join(examples, name), 'utf8'),
    );
    const soak = ['spec', 'classes', 'application', 'soak'];
    if (document.hasIn(soak)) {
      document.setIn(soak, soakFor);
    }
    await writeFile(files[at], String(document));
  }
  const [, decisions] = files;
  return {
    files,
    async freeze(reason) {
      const before = await readFile(decisions, 'utf8');
      const document = parseDocument(before);
      document.setIn(
        ['spec', 'freezes'],
        [
          {
            name: 'no-changes',
            from: '2020-01-01T00:00:00Z',
            to: '2099-01-01T00:00:00Z',
            when: "target.environment == 'production'",
            reason,
          },
        ],
      );
      await writeFile(decisions, String(document));
      return () => writeFile(decisions, before);
    },
  };
}
