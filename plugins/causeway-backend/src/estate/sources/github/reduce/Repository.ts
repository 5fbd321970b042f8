import type { ObservedRepository } from '../../../observations/model';
import { type JsonRecord, record, records, text } from '../../read';
import { reduceBranchProtection } from './branchProtection';
import { parseCodeowners } from './codeowners';

const checkStates: Record<string, ObservedRepository['checks']> = {
  SUCCESS: 'success',
  FAILURE: 'failure',
  PENDING: 'pending',
  ERROR: 'error',
  EXPECTED: 'expected',
};

/** Most files at the root that are looked at. */
const maxRootEntries = 2000;

/** Fields of a repository that are kept; `undefined` when it is malformed. */
export function reduceRepository(
  node: JsonRecord,
  organization: string,
): ObservedRepository | undefined {
  const name = text(node.name, 100);
  const nodeId = text(node.id, 128);
  const url = text(node.url, 512);
  if (!name || !nodeId || !url) {
    return undefined;
  }
  const branch = record(node.defaultBranchRef);
  const root = records(record(node.root)?.entries, maxRootEntries).flatMap(
    entry => text(entry.name, 255) ?? [],
  );
  const rollup = record(record(branch?.target)?.statusCheckRollup);
  return {
    organization: text(record(node.owner)?.login, 100) ?? organization,
    name,
    nodeId,
    url,
    description: text(node.description, 512),
    defaultBranch: text(branch?.name, 253),
    visibility: (text(node.visibility, 32) ?? 'unknown').toLowerCase(),
    archived: node.isArchived === true,
    fork: node.isFork === true,
    topics: records(record(node.repositoryTopics)?.nodes, 20).flatMap(
      topic => text(record(topic.topic)?.name, 64) ?? [],
    ),
    languages: records(record(node.languages)?.nodes, 10).flatMap(
      language => text(language.name, 64) ?? [],
    ),
    codeowners: reduceCodeowners(node),
    latestRelease: reduceRelease(node.latestRelease),
    checks: checkStates[text(rollup?.state, 16) ?? ''],
    pushedAt: text(node.pushedAt, 40),
    protection: reduceBranchProtection(
      branch,
      node.viewerCanAdminister === true,
    ),
    hasCatalogInfo: root.includes('catalog-info.yaml'),
    hasAgentsMd: root.includes('AGENTS.md'),
    hasReadme: root.some(file => /^readme(\.[a-z]+)?$/i.test(file)),
    hasDocs: root.some(file => /^mkdocs\.ya?ml$/.test(file)),
  };
}

/** GitHub takes the first file of `.github/`, the root and `docs/`. */
function reduceCodeowners(node: JsonRecord): ObservedRepository['codeowners'] {
  for (const place of [
    'githubCodeowners',
    'rootCodeowners',
    'docsCodeowners',
  ]) {
    const file = record(node[place])?.text;
    if (typeof file === 'string') {
      return parseCodeowners(text(file, 256 * 1024) ?? '');
    }
  }
  return undefined;
}

function reduceRelease(value: unknown): ObservedRepository['latestRelease'] {
  const release = record(value);
  const tag = text(release?.tagName, 253);
  const url = text(release?.url, 512);
  return tag && url
    ? { tag, publishedAt: text(release?.publishedAt, 40), url }
    : undefined;
}
