import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import {
  type JsonRecord,
  record,
  records,
  text,
} from '../../../estate/sources/read';
import {
  type GithubPlanClient,
  type RepositoryAddress,
  slugOf,
} from '../clients/GithubClients';

/** A file as Git keeps it. */
export interface GitFile {
  path: string;
  mode: string;
  /** Id of its content. */
  sha: string;
  text: string;
}

/** One entry of a folder. */
interface Entry {
  name: string;
  mode: string;
  type: string;
  sha: string;
}

/** Bytes of a file; a manifest fits, a generated bundle need not. */
const maxBytes = 256 * 1024;

const folders = 10_000;

/**
 * The files of one commit, folder by folder: the contents API would follow
 * symbolic links and say nothing of it.
 */
export class GitFiles {
  readonly #client: GithubPlanClient;

  readonly #repository: RepositoryAddress;

  readonly #commit: string;

  readonly #folders = new Map<string, Promise<readonly Entry[]>>();

  constructor(options: {
    client: GithubPlanClient;
    repository: RepositoryAddress;
    commit: string;
  }) {
    this.#client = options.client;
    this.#repository = options.repository;
    this.#commit = options.commit;
  }

  /** @throws OperationRefusal for what is not there, or no plain file */
  async read(path: string): Promise<GitFile> {
    const { mode, sha } = await this.#find(path);
    const blob = await this.#client.blob(this.#repository, sha);
    return { path, mode, sha, text: this.#content(path, blob) };
  }

  /** Id of a file's content. @throws OperationRefusal for what is not there, or no plain file */
  async shaOf(path: string): Promise<string> {
    return (await this.#find(path)).sha;
  }

  /** Names of the plain files of a folder. */
  async names(folder: string): Promise<string[]> {
    const entries = await this.#list(folder);
    return entries
      .filter(({ type, mode }) => type === 'blob' && mode !== '120000')
      .map(({ name }) => name);
  }

  async #find(path: string): Promise<Entry> {
    const at = path.lastIndexOf('/');
    const entries = await this.#list(at < 0 ? '' : path.slice(0, at));
    const found = entries.find(({ name }) => name === path.slice(at + 1));
    if (!found || found.type !== 'blob') {
      throw this.#notAFile(path, found ? 'is no file' : 'is not there');
    }
    if (found.mode !== '100644' && found.mode !== '100755') {
      throw this.#notAFile(path, 'is a symbolic link');
    }
    return found;
  }

  #list(folder: string): Promise<readonly Entry[]> {
    const known = this.#folders.get(folder) ?? this.#readFolder(folder);
    this.#folders.set(folder, known);
    return known;
  }

  async #readFolder(folder: string): Promise<readonly Entry[]> {
    if (folder === '') {
      const commit = await this.#client.commit(this.#repository, this.#commit);
      return this.#readTree(text(record(commit.tree)?.sha, 64) ?? '', folder);
    }
    const at = folder.lastIndexOf('/');
    const above = await this.#list(at < 0 ? '' : folder.slice(0, at));
    const found = above.find(({ name }) => name === folder.slice(at + 1));
    if (found?.type !== 'tree') {
      // A link to a folder, a submodule, or nothing.
      throw this.#notAFile(folder, found ? 'is no folder' : 'is not there');
    }
    return this.#readTree(found.sha, folder);
  }

  async #readTree(sha: string, folder: string): Promise<readonly Entry[]> {
    const tree = await this.#client.tree(this.#repository, sha);
    if (tree.truncated === true) {
      throw this.#notAFile(folder || 'the root', 'has too many entries');
    }
    return records(tree.tree, folders).map(entry => ({
      name: text(entry.path, 512) ?? '',
      mode: text(entry.mode, 6) ?? '',
      type: text(entry.type, 16) ?? '',
      sha: text(entry.sha, 64) ?? '',
    }));
  }

  #content(path: string, { content, encoding, size }: JsonRecord): string {
    if (
      typeof content !== 'string' ||
      encoding !== 'base64' ||
      typeof size !== 'number' ||
      size > maxBytes
    ) {
      throw this.#notAFile(path, `is larger than ${maxBytes / 1024} KiB`);
    }
    const bytes = Buffer.from(content, 'base64');
    const decoded = bytes.toString('utf8');
    if (!Buffer.from(decoded, 'utf8').equals(bytes)) {
      throw this.#notAFile(path, 'is no text in UTF-8');
    }
    return decoded;
  }

  #notAFile(path: string, what: string): OperationRefusal {
    return new OperationRefusal({
      code: 'no-such-file',
      reason: `${path} of ${slugOf(this.#repository)} ${what}`,
      hint: 'Name a plain YAML file of the repository, from the folder of the application on',
    });
  }
}
