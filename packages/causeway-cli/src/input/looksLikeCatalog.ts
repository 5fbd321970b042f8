import { likelySpelling } from '../model/spelling';

/**
 * At the root of block YAML, or anywhere in JSON and flow YAML. Blanks stay on
 * their line, so that the time stays linear, and are bounded in number: the
 * engine may remember each of them, and has room for some millions.
 */
const apiVersions =
  /(?:^|^[ \t]{0,200}[{,][ \t]{0,200}|^[ \t]{1,200}(?="))["']?apiVersion["']?[ \t]{0,200}:[ \t]{0,200}["']?([\w./-]{1,253})/gm;

/** API groups of the kinds that are known, e.g. `backstage.io`. */
export function apiGroups(
  kinds: readonly { apiVersion: string }[],
): Set<string> {
  return new Set(kinds.map(({ apiVersion }) => groupOf(apiVersion)));
}

/**
 * Whether the text of a file that nobody named means to hold entities: an
 * apiVersion of a known group, also misspelled, or the shape of a template. A
 * `template.yaml` may as well describe a cloud stack or what OpenShift makes.
 */
export function looksLikeCatalog(
  text: string,
  groups: ReadonlySet<string>,
): boolean {
  for (const [, version] of text.matchAll(apiVersions)) {
    const group = groupOf(version);
    if (groups.has(group) || group.endsWith('backstage.io')) {
      return true;
    }
    // A short group resembles too much.
    if (group.length > 6 && likelySpelling(group, groups)) {
      return true;
    }
  }
  return (
    (rootField('kind', 'Template').test(text) &&
      rootField('spec').test(text)) ||
    (rootField('spec').test(text) &&
      /^[ \t]{1,200}["']?steps["']?[ \t]{0,200}:/m.test(text) &&
      /^[ \t]{1,200}(?:- )?["']?action["']?[ \t]{0,200}:/m.test(text))
  );
}

function rootField(name: string, value = ''): RegExp {
  return new RegExp(
    `(?:^|^[ \\t]{0,200}[{,][ \\t]{0,200}|^[ \\t]{1,200}(?="))["']?${name}["']?[ \\t]{0,200}:[ \\t]{0,200}["']?${value}`,
    'm',
  );
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash === -1 ? '' : apiVersion.slice(0, slash);
}
