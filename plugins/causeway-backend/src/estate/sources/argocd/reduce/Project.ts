import type { ObservedArgoProject } from '../../../observations/model';
import {
  isKeptAnnotation,
  isKeptLabel,
} from '../../kubernetes/reduce/metadata';
import {
  type JsonRecord,
  record,
  records,
  text,
  textMap,
  texts,
} from '../../read';
import { reduceDestination } from './destination';
import { withoutUserInfo } from './withoutUserInfo';

/** What is asked for; tokens and roles of a project are left out. */
export const projectFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'metadata.labels',
  'metadata.annotations',
  'spec.description',
  'spec.sourceRepos',
  'spec.destinations',
];

/** Fields of an AppProject that are kept; `undefined` when it is malformed. */
export function reduceProject(
  object: JsonRecord,
  instance: string,
): ObservedArgoProject | undefined {
  const metadata = record(object.metadata);
  const spec = record(object.spec);
  const name = text(metadata?.name, 253);
  if (!metadata || !spec || !name) {
    return undefined;
  }
  return {
    instance,
    name,
    namespace: text(metadata.namespace, 253) ?? 'argocd',
    uid: text(metadata.uid, 64),
    description: text(spec.description, 1024),
    labels: textMap(metadata.labels, { wanted: isKeptLabel, length: 253 }),
    annotations: textMap(metadata.annotations, {
      wanted: isKeptAnnotation,
      length: 512,
    }),
    sourceRepos: texts(spec.sourceRepos, 128, 512).flatMap(
      repo => withoutUserInfo(repo) ?? [],
    ),
    destinations: records(spec.destinations, 128).map(reduceDestination),
  };
}
