import { resolve } from 'node:path';
import { RuleSetting } from '../findings/finding';
import { createMatcher, PathMatcher } from '../input/patterns';
import { Rule } from '../rules/rule';
import { Settings } from './Settings';

/** The setting of each rule in one file. */
export type RuleSettings = ReadonlyMap<string, RuleSetting>;

/** Decides the settings of rules by path; files to which the same overrides apply share them. */
export class Severities {
  readonly #base: RuleSettings;
  readonly #overrides: {
    matches: PathMatcher;
    rules: Record<string, RuleSetting>;
  }[];
  readonly #cache = new Map<string, RuleSettings>();

  constructor(
    rules: readonly Rule[],
    settings: Pick<Settings, 'preset' | 'rules' | 'overrides' | 'folder'>,
  ) {
    this.#base = new Map(
      rules.map(rule => [
        rule.id,
        settings.rules[rule.id] ??
          (settings.preset === 'strict' ? rule.strict : undefined) ??
          rule.severity,
      ]),
    );
    this.#overrides = settings.overrides.map(override => ({
      matches: createMatcher(settings.folder, override.files),
      rules: override.rules,
    }));
  }

  forFile(path: string, workingFolder: string): RuleSettings {
    if (this.#overrides.length === 0) {
      return this.#base;
    }
    const absolute = resolve(workingFolder, path);
    const applying = this.#overrides.filter(({ matches }) => matches(absolute));
    const key = applying
      .map(override => this.#overrides.indexOf(override))
      .join();
    let settings = this.#cache.get(key);
    if (!settings) {
      settings = new Map([
        ...this.#base,
        ...applying.flatMap(({ rules }) => Object.entries(rules)),
      ]);
      this.#cache.set(key, settings);
    }
    return settings;
  }
}
