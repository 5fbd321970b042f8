import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { decode } from '../document/decode';
import { defaultLimits } from '../document/limits';
import { parseData } from '../document/parseData';
import { readBounded } from '../input/readBounded';
import { likelySpelling } from '../model/spelling';
import { SchemaValidator } from '../model/SchemaValidator';
import { getRule, rules as allRules } from '../rules';
import { configSchema } from './schema';
import { Settings } from './Settings';

/** Names of the configuration file, in the order in which they are looked for. */
export const configNames = ['causeway.yaml', 'causeway.yml'];

const maxBytes = 1024 * 1024;

/** The settings that hold without a configuration. */
export function defaultSettings(folder: string): Settings {
  return {
    folder,
    paths: [],
    ignore: [],
    complete: false,
    failOn: 'error',
    preset: 'recommended',
    rules: {},
    overrides: [],
    kinds: { layers: [], schemas: [] },
    annotations: {},
    templates: { actions: [], fields: [], filters: [] },
    followUrls: [],
    ownLocations: [],
    limits: defaultLimits,
  };
}

/** The configuration file in a folder or above it, up to the repository's root. */
export function findConfig(
  folder: string,
  repository: string,
): string | undefined {
  let current = folder;
  for (;;) {
    for (const name of configNames) {
      const path = join(current, name);
      if (existsSync(path)) {
        return path;
      }
    }
    if (current === repository || current === dirname(current)) {
      return undefined;
    }
    current = dirname(current);
  }
}

/** Reads a configuration file. What is wrong with it is an `InputError` that says where. */
export function loadConfig(path: string): Settings {
  const read = readBounded(path, maxBytes);
  if (!read.bytes) {
    throw new InputError(`${path}: ${read.message}`);
  }
  const { text, problem } = decode(read.bytes);
  if (text === undefined) {
    throw new InputError(`${path}: ${problem}`);
  }
  const data = parseData(text, path) ?? {};
  const problems = new SchemaValidator().checkSchema(configSchema, data);
  if (problems.length > 0) {
    throw new InputError(
      `${path}: ${problems
        .slice(0, 5)
        .map(one => one.message)
        .join('; ')}`,
    );
  }
  const own =
    (data as { catalog?: { validate?: Partial<Settings> } }).catalog
      ?.validate ?? {};
  const folder = dirname(resolve(path));
  const settings = mergeSettings(folder, own);
  checkRules(settings, path);
  return settings;
}

function mergeSettings(folder: string, own: Partial<Settings>): Settings {
  const base = defaultSettings(folder);
  return {
    ...base,
    ...own,
    folder,
    kinds: {
      layers: own.kinds?.layers ?? [],
      schemas: (own.kinds?.schemas ?? []).map(schema => ({
        file: schema.file,
        references: schema.references ?? [],
      })),
    },
    templates: { ...base.templates, ...own.templates },
    limits: { ...base.limits, ...own.limits },
    snapshot: own.snapshot && resolve(folder, own.snapshot),
    baseline: own.baseline && resolve(folder, own.baseline),
  };
}

/** Rules that are named exist, and those that judge nothing cannot be made to fail. */
export function checkRules(
  settings: Pick<Settings, 'rules' | 'overrides'>,
  where: string,
): void {
  const named = [
    settings.rules,
    ...settings.overrides.map(override => override.rules),
  ].flatMap(Object.entries);
  for (const [id, setting] of named) {
    const rule = getRule(id);
    if (!rule) {
      const likely = likelySpelling(
        id,
        allRules.map(one => one.id),
      );
      throw new InputError(
        `${where}: there is no rule "${id}"${
          likely ? `; "${likely}" is meant, perhaps` : ''
        }. "causeway catalog rules" lists them.`,
      );
    }
    if (rule.neverFails && (setting === 'error' || setting === 'warning')) {
      throw new InputError(
        `${where}: ${id} reports what nobody can judge, so it is a note or off, not ${setting}`,
      );
    }
  }
}
