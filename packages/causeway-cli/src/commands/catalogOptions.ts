import { InputError } from '@backstage/errors';
import { OptionTable } from '../cli/Command';
import { Io } from '../cli/Io';
import { Arguments } from '../cli/parseArguments';
import { LiveCatalog } from '../snapshot/takeSnapshot';

/** Options of commands that speak to a live catalog. */
export const liveOptions: OptionTable = {
  token: {
    option: { type: 'string' },
    value: 'token',
    help: 'token for the live catalog; better in CAUSEWAY_TOKEN',
  },
  auth: {
    option: { type: 'boolean' },
    help: 'use the login of "backstage-cli auth login"',
  },
  instance: {
    option: { type: 'string' },
    value: 'name',
    help: 'which login to use, when there are several',
  },
  timeout: {
    option: { type: 'string' },
    value: 'seconds',
    help: 'time for one answer of the live catalog (30)',
  },
};

/** The live catalog that the options name. */
export async function resolveLive(
  args: Arguments,
  url: string | undefined,
  { env }: Pick<Io, 'env'>,
): Promise<LiveCatalog> {
  if (args.flag('auth') || args.text('instance')) {
    // Loaded here: it takes 200 ms.
    const { CliAuth } =
      require('@backstage/cli-node') as typeof import('@backstage/cli-node');
    const auth = await CliAuth.create({ instanceName: args.text('instance') });
    const own = auth.getBaseUrl();
    if (url && new URL(url).origin !== new URL(own).origin) {
      throw new InputError(
        `The login is for ${own}; its token is not sent to ${url}`,
      );
    }
    return { url: url ?? own, token: () => auth.getAccessToken() };
  }
  if (!url) {
    throw new InputError('Say which catalog: --url, or --auth for your login');
  }
  const token = args.text('token') ?? env.CAUSEWAY_TOKEN;
  return { url, token: token ? async () => token : undefined };
}

/** Milliseconds of `--timeout`. */
export function timeoutOf(args: Arguments): number | undefined {
  const text = args.text('timeout');
  if (text === undefined) {
    return undefined;
  }
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) {
    throw new InputError(`--timeout needs a number of seconds, not ${text}`);
  }
  return seconds * 1000;
}
