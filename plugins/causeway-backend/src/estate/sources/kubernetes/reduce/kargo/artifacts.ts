import type { ObservedArtifacts } from '../../../../observations/model';
import { withoutUserInfo } from '../../../argocd/reduce/withoutUserInfo';
import { type JsonRecord, record, records, text } from '../../../read';

const address = (value: unknown) =>
  withoutUserInfo(text(value, 512) ?? '') || undefined;

/** What a Freight or a reference to one holds. */
export function reduceArtifacts(
  freight: JsonRecord,
  name: string,
): ObservedArtifacts {
  const origin = record(freight.origin);
  return {
    name,
    warehouse:
      origin?.kind === 'Warehouse' ? text(origin.name, 253) : undefined,
    images: records(freight.images, 32).flatMap(image => {
      const from = address(image.repoURL);
      return from
        ? [
            {
              address: from,
              tag: text(image.tag, 128),
              digest: text(image.digest, 128),
            },
          ]
        : [];
    }),
    commits: records(freight.commits, 32).flatMap(commit => {
      const from = address(commit.repoURL);
      const id = text(commit.id, 64);
      return from && id
        ? [
            {
              address: from,
              id,
              branch: text(commit.branch, 128),
              tag: text(commit.tag, 128),
              subject: text(text(commit.message, 512)?.split('\n', 1)[0], 128),
            },
          ]
        : [];
    }),
    charts: records(freight.charts, 32).flatMap(chart => {
      const from = address(chart.repoURL);
      return from
        ? [
            {
              address: from,
              name: text(chart.name, 253),
              version: text(chart.version, 128),
            },
          ]
        : [];
    }),
  };
}
