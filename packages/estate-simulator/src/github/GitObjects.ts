import { createHash } from 'node:crypto';
import { blobSha, GitRepository, GitTree } from '../world/GitRepository';

/** One entry of a tree, as Git keeps it. */
export interface TreeEntry {
  path: string;
  mode: '100644' | '040000' | '120000';
  type: 'blob' | 'tree';
  sha: string;
  size?: number;
}

/** Trees and blobs of one repository by the ids that Git gives them. */
export class GitObjects {
  readonly #repository: GitRepository;
  /** Files below a tree, by its id; paths begin at it. */
  readonly #trees = new Map<string, { prefix: string; files: GitTree }>();
  readonly #blobs = new Map<string, string>();
  /** Ids of the trees of commits. */
  readonly #roots = new Map<string, string>();

  constructor(repository: GitRepository) {
    this.#repository = repository;
  }

  /** Id of the whole tree of a commit. */
  rootOf(commit: string): string {
    const known = this.#roots.get(commit);
    const root = known ?? this.keep(this.#repository.tree(commit));
    this.#roots.set(commit, root);
    return root;
  }

  /** Takes a whole tree in; its id. */
  keep(files: GitTree): string {
    return this.#keep('', files);
  }

  /** The files of a tree; a commit or a branch stands for its tree. */
  files(id: string): GitTree | undefined {
    return this.#find(id)?.files;
  }

  blob(sha: string): string | undefined {
    if (!this.#blobs.has(sha)) {
      [...this.#repository.branches.values()].forEach(head =>
        this.rootOf(head),
      );
    }
    return this.#blobs.get(sha);
  }

  /** What a tree holds, with `recursive` that of the trees below as well. */
  entries(
    id: string,
    recursive: boolean,
  ): { sha: string; entries: TreeEntry[] } | undefined {
    const found = this.#find(id);
    return (
      found && {
        sha: found.sha,
        entries: this.#list(found.prefix, found.files, recursive),
      }
    );
  }

  #find(id: string) {
    const commit = this.#repository.resolve(id);
    const sha = commit ? this.rootOf(commit.sha) : id;
    const kept = this.#trees.get(sha);
    return kept && { ...kept, sha };
  }

  #list(prefix: string, files: GitTree, recursive: boolean): TreeEntry[] {
    return this.#entriesOf(prefix, files).flatMap(entry => {
      const below = recursive && this.#trees.get(entry.sha);
      return below
        ? [
            entry,
            ...this.#list(`${prefix}${entry.path}/`, below.files, true).map(
              one => ({ ...one, path: `${entry.path}/${one.path}` }),
            ),
          ]
        : [entry];
    });
  }

  #keep(prefix: string, files: GitTree): string {
    const body = Buffer.concat(
      this.#entriesOf(prefix, files).map(({ path, mode, sha }) =>
        Buffer.concat([
          Buffer.from(`${mode.replace(/^0/, '')} ${path}\0`),
          Buffer.from(sha, 'hex'),
        ]),
      ),
    );
    const sha = createHash('sha1')
      .update(`tree ${body.length}\0`)
      .update(body)
      .digest('hex');
    this.#trees.set(sha, { prefix, files });
    return sha;
  }

  #entriesOf(prefix: string, files: GitTree): TreeEntry[] {
    const folders = new Map<string, Map<string, string>>();
    const entries: TreeEntry[] = [];
    for (const [path, content] of files) {
      const [name, ...rest] = path.split('/');
      if (rest.length > 0) {
        const folder = folders.get(name) ?? new Map<string, string>();
        folders.set(name, folder.set(rest.join('/'), content));
        continue;
      }
      const sha = blobSha(content);
      this.#blobs.set(sha, content);
      const link = this.#repository.links.has(prefix + path);
      entries.push({
        path,
        mode: link ? '120000' : '100644',
        type: 'blob',
        sha,
        size: Buffer.byteLength(content),
      });
    }
    for (const [name, below] of folders) {
      entries.push({
        path: name,
        mode: '040000',
        type: 'tree',
        sha: this.#keep(`${prefix}${name}/`, below),
      });
    }
    // Git sorts a folder as if its name ended in a slash.
    const key = ({ path, type }: TreeEntry) =>
      type === 'tree' ? `${path}/` : path;
    return entries.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }
}

const objects = new WeakMap<GitRepository, GitObjects>();

/** The objects of a repository. */
export function gitObjectsOf(repository: GitRepository): GitObjects {
  const known = objects.get(repository) ?? new GitObjects(repository);
  objects.set(repository, known);
  return known;
}
