import { InputError } from '@backstage/errors';
import { OptionTable } from '../cli/Command';
import { Io } from '../cli/Io';
import { Arguments } from '../cli/parseArguments';
import {
  liveOptions,
  resolveLive,
  timeoutOf,
} from '../commands/catalogOptions';
import { GateConnection } from './GateConnection';

/** Options of commands that speak to the gate. */
export const gateOptions: OptionTable = {
  url: {
    option: { type: 'string' },
    value: 'url',
    help: 'address of the Backstage backend (CAUSEWAY_URL)',
  },
  ...liveOptions,
  token: { ...liveOptions.token, help: 'your token; better in CAUSEWAY_TOKEN' },
  timeout: { ...liveOptions.timeout, help: 'time for one answer (30)' },
  json: { option: { type: 'boolean' }, help: 'for programs' },
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};

/** The gate that the options name. */
export async function resolveGate(
  args: Arguments,
  io: Pick<Io, 'env'>,
): Promise<GateConnection> {
  const url = args.text('url') ?? io.env.CAUSEWAY_URL;
  if (!url && !args.flag('auth') && !args.text('instance')) {
    throw new InputError(
      'Say which backend: --url or CAUSEWAY_URL, or --auth for your login',
    );
  }
  if (url && !/^https?:\/\/[^/]/.test(url)) {
    throw new InputError(
      `"${url}" is no address of a backend, such as https://backstage.example.com`,
    );
  }
  const live = await resolveLive(args, url, io);
  return { ...live, timeoutMs: timeoutOf(args) ?? 30_000 };
}

/** The id of the one request that a command is about. */
export function requireId(args: Arguments): string {
  const [id, ...more] = args.positionals;
  if (id === undefined || more.length > 0) {
    throw new InputError('Name one request by its id');
  }
  if (!/^[\w-]{1,64}$/.test(id)) {
    throw new InputError(
      `"${id.slice(0, 80)}" is no id of a request; it stands at the end of its link`,
    );
  }
  return id;
}
