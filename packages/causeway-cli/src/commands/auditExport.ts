import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { Command, OptionTable } from '../cli/Command';
import { exitCodes } from '../cli/exitCodes';
import { Io } from '../cli/Io';
import { Arguments, helpText, parseArguments } from '../cli/parseArguments';
import { callGate } from '../gate/GateConnection';
import { gateOptions, resolveGate } from '../gate/gateOptions';

const filters = {
  'request-id': 'of one request',
  by: 'by one person, subject or the gate, in full',
  subject: 'about one target, in full',
  action: 'such as VoteCast',
  type: 'request, vote, execution, policy, halt …',
  from: 'since then, ISO 8601',
  until: 'until then, ISO 8601',
} as const;

const { json: _json, ...connectionOptions } = gateOptions;
const options: OptionTable = {
  out: {
    option: { type: 'string', short: 'o' },
    value: 'file',
    help: 'where it goes; standard output without it',
  },
  ...Object.fromEntries(
    Object.entries(filters).map(([name, help]) => [
      name,
      { option: { type: 'string' as const }, value: 'text', help },
    ]),
  ),
  ...connectionOptions,
};

/** `causeway audit export`. */
export const auditExport: Command = async ({ args: raw, io, usage }) => {
  const args = parseArguments(raw, options);
  if (args.flag('help')) {
    io.stdout.write(
      helpText({
        usage,
        positionals: '',
        description:
          'Writes down the audit trail as JSON Lines, all of it or what the filters name. Whoever has all of it can verify it: causeway audit verify <file>.',
        table: options,
        footer: 'Exit codes: 0 it is whole, 2 it could not be written down.',
      }),
    );
    return exitCodes.clean;
  }
  if (args.positionals.length > 0) {
    throw new InputError(
      `What is "${args.positionals[0]}"? --help lists the options.`,
    );
  }
  const connection = await resolveGate(args, io);
  const response = await callGate(
    // A trail takes as long as it is long.
    { ...connection, timeoutMs: Math.max(connection.timeoutMs, 600_000) },
    `/audit/export${queryOf(args)}`,
    { headers: { accept: 'application/x-ndjson' } },
  );
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  const out = args.text('out');
  try {
    await (out ? toFile(body, resolve(io.cwd, out)) : toStdout(body, io));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code?.startsWith('E') && out
      ? new InputError(`${out} cannot be written (${code})`)
      : new ServiceUnavailableError(
          'The export broke off: what is there is not whole. Ask again',
        );
  }
  return exitCodes.clean;
};

function queryOf(args: Arguments): string {
  const query = new URLSearchParams();
  for (const name of Object.keys(filters)) {
    const value = args.text(name);
    if (value !== undefined) {
      const key = name === 'request-id' ? 'requestId' : name;
      query.set(
        key,
        ['from', 'until'].includes(name) ? timeOf(name, value) : value,
      );
    }
  }
  return query.size > 0 ? `?${query}` : '';
}

function timeOf(name: string, text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) {
    throw new InputError(
      `--${name} takes a time such as 2026-11-22 or 2026-11-22T08:00:00Z, not "${text}"`,
    );
  }
  return String(at);
}

/** Half an export must not look like a whole one: it gets its name at the end. */
async function toFile(body: Readable, path: string): Promise<void> {
  const beside = `${path}.${process.pid}`;
  try {
    await pipeline(body, createWriteStream(beside, { mode: 0o600 }));
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function toStdout(body: Readable, { stdout }: Io): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    stdout.write(decoder.decode(chunk, { stream: true }));
  }
}
