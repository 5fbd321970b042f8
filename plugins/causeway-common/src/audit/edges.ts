import type { ChainLink, Edges, StoredEntry } from './StoredEntry';

/** Columns of an entry as the beginning and the end of its canonical text. */
export function edgesOf(
  entry: Omit<StoredEntry, 'canonical' | 'hash' | 'previous'>,
): Edges {
  const { seq, at, type, action, by, requestId, subject } = entry;
  return {
    beginning: `{"action":${JSON.stringify(action)},"at":${at},"by":${JSON.stringify(by)},"detail":{`,
    // The brace before tells a request's id that is left out from one that is
    // not there.
    end: `},${field('requestId', requestId)}"seq":${seq},${field('subject', subject)}"type":${JSON.stringify(type)}}`,
  };
}

/**
 * {@link edgesOf}, as both databases put it together: reading the columns one
 * by one takes half as long again. Columns hold nothing that JSON escapes.
 */
export const edgesSql = {
  beginning: `'{"action":"' || action || '","at":' || at || ',"by":"' || "by" || '","detail":{'`,
  end: `'},' || coalesce('"requestId":"' || request_id || '",', '') || '"seq":' || seq || ',' || coalesce('"subject":"' || subject || '",', '') || '"type":"' || type || '"}'`,
};

/** A column that was given quotes of its own could pass for more than itself: these have none but their own. */
const beginningShape =
  /^\{"action":"[^"]*","at":[^"]*,"by":"[^"]*","detail":\{$/;
const endShape =
  /^\},(?:"requestId":"[^"]*",)?"seq":[^"]*,(?:"subject":"[^"]*",)?"type":"[^"]*"\}$/;

/** No canonical text begins or ends like this. */
const nothing = '?';

/** Edges as the database put them together; none of an entry whose columns are none. */
export function edgesFromSql(beginning: string, end: string): Edges {
  return beginningShape.test(beginning) && endShape.test(end)
    ? { beginning, end }
    : { beginning: nothing, end: nothing };
}

/**
 * Whether the columns of an entry say what its canonical text says. Whoever
 * changes a column only would hide the entry from searches and filtered
 * exports.
 */
export function edgesFit({ canonical, edges }: ChainLink): boolean {
  if (!edges) {
    return true;
  }
  return (
    canonical.startsWith(edges.beginning) &&
    (canonical.endsWith(edges.end) ||
      (withoutTexts(canonical)?.endsWith(edges.end) ?? false))
  );
}

/** Few entries have texts, whose hashes stand within the end: these are parsed. */
function withoutTexts(canonical: string): string | undefined {
  const told = parseEntry(canonical);
  return told?.texts
    ? JSON.stringify({ ...told, texts: undefined })
    : undefined;
}

/** What a canonical text says; `undefined` where it is none. */
export function parseEntry(
  canonical: string,
): Record<string, unknown> | undefined {
  try {
    const told: unknown = JSON.parse(canonical);
    return typeof told === 'object' && told !== null
      ? (told as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function field(name: string, value: string | undefined): string {
  return value === undefined ? '' : `"${name}":${JSON.stringify(value)},`;
}
