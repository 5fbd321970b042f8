import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { Arguments } from '../cli/parseArguments';
import {
  checkRules,
  defaultSettings,
  findConfig,
  loadConfig,
} from '../config/loadConfig';
import { Settings } from '../config/Settings';
import { RuleSetting } from '../findings/finding';

const ruleSettings = ['off', 'note', 'warning', 'error'];

/** The configuration with what the arguments say instead. */
export function resolveSettings(
  args: Arguments,
  options: { cwd: string; repository: string },
): Settings {
  const { cwd, repository } = options;
  const named = args.text('config');
  const found = named ? resolve(cwd, named) : findConfig(cwd, repository);
  const path = args.flag('no-config') ? undefined : found;
  const base = path ? loadConfig(path) : defaultSettings(cwd);
  refuseBoth(args, ['live', 'snapshot', 'complete']);
  const rules = { ...base.rules, ...parseRules(args.texts('rule')) };
  const settings: Settings = {
    ...base,
    rules,
    // What the command line says to resolve references against wins.
    complete:
      args.flag('complete') ||
      (base.complete && !args.text('snapshot') && !args.text('live')),
    failOn: oneOf(args, 'fail-on', ['error', 'warning']) ?? base.failOn,
    preset: oneOf(args, 'preset', ['recommended', 'strict']) ?? base.preset,
    snapshot: pathOf(args, 'snapshot', cwd) ?? base.snapshot,
    baseline: pathOf(args, 'baseline', cwd) ?? base.baseline,
    ownLocations: [...base.ownLocations, ...args.texts('own-location')],
    followUrls: [...base.followUrls, ...args.texts('follow-urls')],
  };
  settings.followUrls.forEach(checkHost);
  checkRules({ rules: settings.rules, overrides: [] }, '--rule');
  return settings;
}

/** Options of which each says by itself what references are resolved against. */
function refuseBoth(args: Arguments, names: readonly string[]): void {
  const given = names.filter(
    name => args.text(name) !== undefined || args.flag(name),
  );
  if (given.length > 1) {
    throw new InputError(
      `--${given[0]} and --${given[1]} contradict each other: each says what references are resolved against`,
    );
  }
}

function checkHost(text: string): void {
  if (/^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/i.test(text)) {
    return;
  }
  const withScheme = text.includes('://') ? text : `https://${text}`;
  const host = URL.canParse(withScheme) ? new URL(withScheme).host : '';
  throw new InputError(
    `--follow-urls and followUrls take hosts: ${host || 'github.com'}, not ${text}`,
  );
}

function pathOf(
  args: Arguments,
  name: string,
  cwd: string,
): string | undefined {
  const path = args.text(name);
  return path === undefined ? undefined : resolve(cwd, path);
}

function oneOf<T extends string>(
  args: Arguments,
  name: string,
  values: readonly T[],
): T | undefined {
  const text = args.text(name);
  if (text !== undefined && !(values as readonly string[]).includes(text)) {
    throw new InputError(`--${name} is ${values.join(' or ')}, not ${text}`);
  }
  return text as T | undefined;
}

function parseRules(texts: readonly string[]): Record<string, RuleSetting> {
  return Object.fromEntries(
    texts.map(text => {
      const [id, setting] = text.split('=');
      if (!setting || !ruleSettings.includes(setting)) {
        throw new InputError(
          `--rule needs <id>=<${ruleSettings.join('|')}>, not ${text}`,
        );
      }
      return [id, setting as RuleSetting];
    }),
  );
}
