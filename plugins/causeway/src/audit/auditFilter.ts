import type { AuditQuery } from '@causeway/backstage-plugin-causeway-common';

/** What narrows the trail, as it stands in the address. */
export type AuditFilter = Pick<
  AuditQuery,
  'requestId' | 'by' | 'type' | 'action' | 'subject' | 'from' | 'until'
>;

const texts = ['requestId', 'by', 'type', 'action', 'subject'] as const;
const times = ['from', 'until'] as const;

/** What an address says of the trail; anything it cannot mean is ignored. */
export function parseAuditFilter(search: URLSearchParams): AuditFilter {
  const filter: AuditFilter = {};
  for (const name of texts) {
    filter[name] = search.get(name)?.trim() || undefined;
  }
  for (const name of times) {
    const at = Date.parse(search.get(name) ?? '');
    filter[name] = Number.isFinite(at) ? at : undefined;
  }
  return filter;
}

/** Who is no person and has no reference either. */
const gate = 'gate';

/** What is asked of the trail for a filter: a bare name is that of a person. */
export function toAuditQuery(filter: AuditFilter): AuditFilter {
  const { by } = filter;
  return by === undefined || by === gate || /[:/]/.test(by)
    ? filter
    : { ...filter, by: `user:default/${by.toLowerCase()}` };
}

/** The same as an address; times are written out, so that one can read them. */
export function formatAuditFilter(filter: AuditFilter): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of texts) {
    if (filter[name]) {
      search.set(name, filter[name]!);
    }
  }
  for (const name of times) {
    if (filter[name] !== undefined) {
      search.set(name, new Date(filter[name]!).toISOString());
    }
  }
  return search;
}

/** A time as `datetime-local` inputs want it, in the reader's own zone. */
export function toLocalInput(at: number | undefined): string {
  if (at === undefined) {
    return '';
  }
  const zone = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - zone).toISOString().slice(0, 16);
}
