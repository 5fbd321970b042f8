import type { ObservedReference } from '../../../observations/model';

/*
 * What a workload talks to stands in its environment and arguments, next to
 * its secrets. From each text only what is certainly a host and a port is
 * kept. The doubtful cases and how they are decided:
 *
 * - In `scheme://user:secret@host:port/path?query` all but host and port is
 *   dropped. A secret may itself hold `/`, `?`, `#` or `@` unescaped, so what
 *   follows the authority must hold no `@`, else nothing is kept.
 * - A bare `a.b.c` may be a token. It counts as a host only where the name of
 *   the variable or flag says that it is an address, or where it is a
 *   cluster's own DNS name (`*.svc...`).
 * - A bare `word:123` is how many write an address (`CART=cart:8080`). It
 *   counts as one under any name but those of a user or an image: with digits
 *   alone for a password, a login would look the same.
 * - Names that sound like a secret are not looked at, unless they end in a
 *   word for an address (`TOKEN_URL`).
 */

/** Longest text that is looked at; longer ones are files, not addresses. */
const maxText = 4096;

const addressName =
  /(?:^|[^a-z])(?:ur[li]s?|dsn|host(?:s|name|names|port)?|addr(?:ess|esses|s)?|endpoints?|servers?|brokers?|bootstrap|upstreams?|backends?|peers?|services?|targets?|issuers?)$/i;

const secretName =
  /pass|pwd|secret|token|key|credential|auth|private|signature|salt|cert|cookie|session/i;

const noAddressName = /user|login|basic|image|version|tag/i;

const hostPattern =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** What the name of a variable or flag says about its value. */
interface NameMeaning {
  isAddress: boolean;
  isSecret: boolean;
  mayBeAddress: boolean;
}

/** The same few names are met again and again; so many of them are remembered. */
const rememberedNames = 10_000;

const meanings = new Map<string, NameMeaning>();

function meaningOf(name: string): NameMeaning {
  let meaning = meanings.get(name);
  if (!meaning) {
    meaning = {
      isAddress: addressName.test(name),
      isSecret: secretName.test(name),
      mayBeAddress: !noAddressName.test(name),
    };
    if (meanings.size >= rememberedNames) {
      meanings.clear();
    }
    if (name.length <= 256) {
      meanings.set(name, meaning);
    }
  }
  return meaning;
}

const unnamed: NameMeaning = {
  isAddress: false,
  isSecret: false,
  mayBeAddress: false,
};

/** Without any of these no text holds a port, a pair or a cluster's own DNS name. */
const mayHoldHost = /[:=]|\.svc/i;

interface FoundHost {
  host: string;
  port?: number;
}

const none: readonly never[] = [];

/**
 * Hosts and ports in the value of an environment variable or argument.
 *
 * @param name - name of the variable or flag; `undefined` for a bare argument
 */
export function extractHosts(
  name: string | undefined,
  value: string,
): readonly FoundHost[] {
  if (value === '' || value.length > maxText) {
    return none;
  }
  const { isAddress, isSecret, mayBeAddress } =
    name === undefined ? unnamed : meaningOf(name);
  if (!isAddress && (isSecret || !mayHoldHost.test(value))) {
    return none;
  }
  const hosts: FoundHost[] = [];
  const add = (found: FoundHost | undefined) => {
    if (
      found &&
      !hosts.some(
        ({ host, port }) => host === found.host && port === found.port,
      )
    ) {
      hosts.push(found);
    }
  };
  const isUrl = value.includes('://');
  if (isUrl) {
    for (const authority of authorities(value)) {
      authority.split(',').forEach(part => add(parseHost(part)));
    }
  }
  if (!isUrl) {
    for (const candidate of bareCandidates(value)) {
      const found = parseHost(candidate);
      const hasPort = mayBeAddress && found?.port !== undefined;
      if (found && (isAddress || hasPort || /\.svc(?:\.|$)/.test(found.host))) {
        add(found);
      }
    }
  }
  return hosts;
}

/** The part between `://`, user information cut off, and the path of every URL in a text. */
function authorities(value: string): string[] {
  const found = [];
  for (const match of value.matchAll(
    /[a-z][a-z0-9+.-]{0,30}:\/\/([^\s"'`<>\\{}|]{1,1024})/gi,
  )) {
    const rest = match[1];
    const end = rest.search(/[/?#;]/);
    const authority = end < 0 ? rest : rest.slice(0, end);
    if (end < 0 || !rest.slice(end).includes('@')) {
      found.push(authority.slice(authority.lastIndexOf('@') + 1));
    }
  }
  return found;
}

/** A whole value that is a list of addresses, or the host and port of a `key=value` connection text. */
function bareCandidates(value: string): string[] {
  const trimmed = value.trim();
  // White space ends every pair: else there were too many ways to try for a text that does not fit.
  if (trimmed.includes('=') && /^(?:[a-z_]+=\S*(?:\s+|$))+$/i.test(trimmed)) {
    const pairs = new Map(
      trimmed.split(/\s+/).map(pair => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at).toLowerCase(), pair.slice(at + 1)];
      }),
    );
    const host = pairs.get('host');
    const port = pairs.get('port');
    return host ? [port ? `${host}:${port}` : host] : [];
  }
  return /[\s@]/.test(trimmed) ? [] : trimmed.split(',').slice(0, 16);
}

export function parseHost(candidate: string): FoundHost | undefined {
  const match = /^(.+?)(?::(\d{1,5}))?$/.exec(candidate.trim());
  const host = match?.[1].toLowerCase().replace(/\.$/, '') ?? '';
  const port = match?.[2] ? Number(match[2]) : undefined;
  if (
    !hostPattern.test(host) ||
    !/[a-z]/.test(host) ||
    (port !== undefined && (port < 1 || port > 65535)) ||
    host === 'localhost'
  ) {
    return undefined;
  }
  return port === undefined ? { host } : { host, port };
}

/** Most references of one workload that are kept. */
const maxReferences = 64;

/** References of a container's environment and arguments. */
export function extractReferences(container: {
  name: string;
  /** As the container has it: what is no text is not looked at. */
  env: readonly { name?: unknown; value?: unknown }[];
  args: string[];
}): ObservedReference[] {
  const references: ObservedReference[] = [];
  for (const { name, value } of container.env) {
    if (typeof name !== 'string' || typeof value !== 'string') {
      continue;
    }
    for (const found of extractHosts(name, value)) {
      references.push({
        ...found,
        where: `container ${container.name}, env ${name.replace(/[^\w.-]/g, '_').slice(0, 128)}`,
      });
    }
  }
  container.args.forEach((argument, index) => {
    const flag = /^(--?[\w.-]{1,64})=(.*)$/s.exec(argument);
    const before = container.args[index - 1];
    const nameBefore =
      before && /^--?[\w.-]{1,64}$/.test(before) ? before : undefined;
    const hosts = flag
      ? extractHosts(flag[1], flag[2])
      : extractHosts(nameBefore, argument);
    for (const found of hosts) {
      references.push({
        ...found,
        where: `container ${container.name}, argument ${index + 1}`,
      });
    }
  });
  return references.slice(0, maxReferences);
}
