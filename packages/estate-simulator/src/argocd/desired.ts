import { parseAllDocuments } from 'yaml';
import { KubernetesObject } from '../kubernetes/model';
import { GitRepository } from '../world/GitRepository';

const parsed = new Map<string, KubernetesObject[]>();

/** The objects in a YAML file, in order. */
export function parseManifests(content: string): KubernetesObject[] {
  let objects = parsed.get(content);
  if (!objects) {
    objects = parseAllDocuments(content).flatMap(document => {
      const value = document.toJS() as KubernetesObject | null;
      return value?.kind ? [value] : [];
    });
    parsed.set(content, objects);
  }
  return objects;
}

/** Spares parsing a file whose object is known. */
export function rememberManifest(
  content: string,
  object: KubernetesObject,
): void {
  parsed.set(content, [structuredClone(object)]);
}

/** What a folder of a repository wants in a namespace at a revision. */
export function desiredManifests(options: {
  repository: GitRepository;
  revision: string;
  path: string;
  namespace: string;
}): KubernetesObject[] {
  const prefix = `${options.path.replace(/^\.?\//, '').replace(/\/$/, '')}/`;
  const manifests: KubernetesObject[] = [];
  for (const [path, content] of options.repository.tree(options.revision)) {
    // A directory source is not recursive unless asked to be.
    if (
      path.startsWith(prefix) &&
      !path.slice(prefix.length).includes('/') &&
      /\.ya?ml$/.test(path)
    ) {
      for (const object of parseManifests(content)) {
        manifests.push({
          ...object,
          metadata: { namespace: options.namespace, ...object.metadata },
        });
      }
    }
  }
  return manifests;
}
