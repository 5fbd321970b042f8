import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { auditLibrary } from '../audit/auditLibrary';
import type { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { helpText, parseArguments } from '../cli/parseArguments';

const options: OptionTable = {
  out: {
    option: { type: 'string', short: 'o' },
    value: 'name',
    help: 'writes <name>.pem and <name>.pub.pem; defaults to causeway-anchors',
  },
  json: { option: { type: 'boolean' }, help: 'for programs' },
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};

/** `causeway audit keygen`. */
export const auditKeygen: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '',
        description:
          'Makes a pair of Ed25519 keys for the anchors of the audit trail. Nothing is overwritten.',
        table: options,
        footer:
          'The private key (mode 0600) is for the gate, causeway.gate.audit.anchors.key: out of reach of whoever administers its database.\nThe public one is for whoever verifies, --anchor-keys.',
      }),
    );
    return exitCodes.clean;
  }
  if (args.positionals.length > 0) {
    throw new InputError(
      `Nothing is taken besides options, and "${args.positionals[0]}" is none; --out names the files`,
    );
  }
  const name = resolve(io.cwd, args.text('out') ?? 'causeway-anchors');
  const files = { privateKey: `${name}.pem`, publicKey: `${name}.pub.pem` };
  for (const file of Object.values(files)) {
    if (existsSync(file)) {
      throw new InputError(
        `${file} is there already. A key that was used is needed to verify what it signed: choose another name with --out`,
      );
    }
  }
  const pair = auditLibrary().generateAnchorKeys();
  write(files.privateKey, pair.privateKey, 0o600);
  try {
    write(files.publicKey, pair.publicKey, 0o644);
  } catch (error) {
    rmSync(files.privateKey, { force: true });
    throw error;
  }
  io.stdout.write(
    args.flag('json')
      ? `${JSON.stringify({ key: pair.id, ...files }, undefined, 2)}\n`
      : [
          `✓ Key ${pair.id}`,
          `  ${files.privateKey}: for causeway.gate.audit.anchors.key.file, readable by the gate alone`,
          `  ${files.publicKey}: for causeway audit verify --anchor-keys; keep it where whoever administers the database cannot write`,
          '',
        ].join('\n'),
  );
  return exitCodes.clean;
};

function write(file: string, content: string, mode: number): void {
  try {
    writeFileSync(file, content, { mode, flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`${file} cannot be written (${code ?? error})`);
  }
}
