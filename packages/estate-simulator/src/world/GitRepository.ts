import { createHash } from 'node:crypto';
import { NotFoundError } from '@backstage/errors';

/** Who made a commit. */
export interface GitAuthor {
  name: string;
  email: string;
  login?: string;
}

/** One commit. */
export interface GitCommit {
  sha: string;
  parent?: string;
  message: string;
  author: GitAuthor;
  date: Date;
  /** Paths that it wrote or removed. */
  paths: string[];
}

/** What a commit does: new content by path, `undefined` removes the file. */
export type GitChanges = Record<string, string | undefined>;

/** A file tree at one commit. */
export type GitTree = ReadonlyMap<string, string>;

const sha1 = (...parts: string[]) =>
  createHash('sha1').update(parts.join('\0')).digest('hex');

/** The object id that Git gives to a file's content. */
export function blobSha(content: string): string {
  return sha1(`blob ${Buffer.byteLength(content)}`, content);
}

/**
 * A Git repository in memory: commits, branches and the file tree of every
 * commit. Trees share their strings, so that keeping them all is cheap.
 */
export class GitRepository {
  readonly name: string;
  readonly defaultBranch: string;
  readonly #commits = new Map<string, GitCommit>();
  readonly #trees = new Map<string, GitTree>();
  readonly #branches = new Map<string, string>();
  readonly #listeners = new Set<(branch: string) => void>();

  /** Paths that are symbolic links: their content is where they lead to. */
  readonly links = new Set<string>();

  constructor(options: { name: string; defaultBranch?: string }) {
    this.name = options.name;
    this.defaultBranch = options.defaultBranch ?? 'main';
  }

  /** Names of the branches and the commits that they point to. */
  get branches(): ReadonlyMap<string, string> {
    return this.#branches;
  }

  /** The commit that a sha, a branch, a full ref or `HEAD` names. */
  resolve(revision: string): GitCommit | undefined {
    const name = revision.replace(/^refs\/heads\//, '');
    const sha =
      this.#branches.get(name === 'HEAD' ? this.defaultBranch : name) ?? name;
    const exact = this.#commits.get(sha);
    if (exact || !/^[0-9a-f]{7,39}$/.test(sha)) {
      return exact;
    }
    return [...this.#commits.values()].find(commit =>
      commit.sha.startsWith(sha),
    );
  }

  /** All files at a revision; throws NotFoundError for an unknown one. */
  tree(revision: string = 'HEAD'): GitTree {
    const commit = this.resolve(revision);
    const tree = commit && this.#trees.get(commit.sha);
    if (!tree) {
      throw new NotFoundError(
        `Repository ${this.name} has no revision '${revision}'`,
      );
    }
    return tree;
  }

  /** The commits that lead to a revision, newest first. */
  log(revision: string = 'HEAD', path?: string): GitCommit[] {
    const commits: GitCommit[] = [];
    let commit = this.resolve(revision);
    while (commit) {
      if (!path || commit.paths.some(changed => isBelow(changed, path))) {
        commits.push(commit);
      }
      commit = commit.parent ? this.#commits.get(commit.parent) : undefined;
    }
    return commits;
  }

  /** Commits changes to a branch, which is born from the default one if new. */
  commit(options: {
    message: string;
    author: GitAuthor;
    date: Date;
    changes: GitChanges;
    branch?: string;
  }): GitCommit {
    const branch = options.branch ?? this.defaultBranch;
    const parent =
      this.#branches.get(branch) ?? this.#branches.get(this.defaultBranch);
    const tree = new Map(parent ? this.#trees.get(parent) : undefined);
    for (const [path, content] of Object.entries(options.changes)) {
      if (content === undefined) {
        tree.delete(path);
      } else {
        tree.set(path, content);
      }
    }
    const commit = this.#keep({ ...options, parent, tree });
    this.setBranch(branch, commit.sha);
    return commit;
  }

  /** Keeps a commit of a whole tree that no branch points to yet. */
  commitTree(options: {
    parent: string;
    tree: GitTree;
    message: string;
    author: GitAuthor;
    date: Date;
  }): GitCommit {
    const before = this.tree(options.parent);
    const { tree } = options;
    const paths = new Set([...before.keys(), ...tree.keys()]);
    return this.#keep({
      ...options,
      changes: Object.fromEntries(
        [...paths]
          .filter(path => before.get(path) !== tree.get(path))
          .map(path => [path, tree.get(path)]),
      ),
    });
  }

  #keep(options: {
    parent: string | undefined;
    tree: GitTree;
    message: string;
    author: GitAuthor;
    date: Date;
    changes: GitChanges;
  }): GitCommit {
    const { parent, tree, message, author, date, changes } = options;
    const commit: GitCommit = {
      sha: sha1(
        'commit',
        this.name,
        parent ?? '',
        author.email,
        date.toISOString(),
        message,
        JSON.stringify(changes),
      ),
      parent,
      message,
      author,
      date,
      paths: Object.keys(changes),
    };
    this.#commits.set(commit.sha, commit);
    this.#trees.set(commit.sha, tree);
    return commit;
  }

  /** Points a branch at a commit that exists. */
  setBranch(branch: string, sha: string): void {
    if (!this.#commits.has(sha)) {
      throw new NotFoundError(`Repository ${this.name} has no commit '${sha}'`);
    }
    this.#branches.set(branch, sha);
    this.#listeners.forEach(listener => listener(branch));
  }

  /** Removes a branch; `false` when it was not there. */
  deleteBranch(branch: string): boolean {
    return this.#branches.delete(branch);
  }

  /** Paths whose content differs between two revisions. */
  changedPaths(base: string, head: string): string[] {
    const before = this.tree(base);
    const after = this.tree(head);
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter(path => before.get(path) !== after.get(path))
      .sort();
  }

  /** The newest commit that two revisions have in common. */
  mergeBase(base: string, head: string): GitCommit | undefined {
    const ancestors = new Set(this.log(base).map(commit => commit.sha));
    return this.log(head).find(commit => ancestors.has(commit.sha));
  }

  /** Calls back after a branch has moved; returns the way to stop. */
  onPush(listener: (branch: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
}
