import type { JsonObject } from '@backstage/types';
import { type JsonRecord, record, text } from '../../../estate/sources/read';
import { statusOf } from './ApiFailure';
import type { ApiRequest, JsonTransport } from './JsonTransport';

/** A repository as GitHub's paths name it. */
export interface RepositoryAddress {
  owner: string;
  name: string;
}

/** `owner/name`. */
export function slugOf({ owner, name }: RepositoryAddress): string {
  return `${owner}/${name}`;
}

/** The slashes of a branch or a path stay. */
const encodeSteps = (path: string) =>
  path.split('/').map(encodeURIComponent).join('/');

/** Reads of one GitHub: all that plans may do there, for it tries nothing out. */
export class GithubPlanClient {
  protected readonly transport: JsonTransport;

  protected readonly signal: AbortSignal;

  constructor(transport: JsonTransport, signal: AbortSignal) {
    this.transport = transport;
    this.signal = signal;
  }

  repository(address: RepositoryAddress): Promise<JsonRecord> {
    return this.get(address, '');
  }

  /** The commit at a branch's head; `undefined` where there is no such branch. */
  async headOf(
    address: RepositoryAddress,
    branch: string,
  ): Promise<string | undefined> {
    const found = await this.#find(
      this.get(address, `/git/ref/heads/${encodeSteps(branch)}`),
    );
    return text(record(found?.object)?.sha, 64);
  }

  /** A branch with whether anything guards it. */
  branch(address: RepositoryAddress, branch: string): Promise<JsonRecord> {
    return this.get(address, `/branches/${encodeSteps(branch)}`);
  }

  commit(address: RepositoryAddress, sha: string): Promise<JsonRecord> {
    return this.get(address, `/git/commits/${encodeURIComponent(sha)}`);
  }

  /** One folder, not those below. */
  tree(address: RepositoryAddress, sha: string): Promise<JsonRecord> {
    return this.get(address, `/git/trees/${encodeURIComponent(sha)}`);
  }

  blob(address: RepositoryAddress, sha: string): Promise<JsonRecord> {
    return this.get(address, `/git/blobs/${encodeURIComponent(sha)}`);
  }

  pull(address: RepositoryAddress, number: number): Promise<JsonRecord> {
    return this.get(address, `/pulls/${number}`);
  }

  /** Pull requests of a branch, closed ones as well. */
  pullsOf(
    address: RepositoryAddress,
    branch: string,
  ): Promise<readonly JsonRecord[]> {
    return this.transport.sendForList(
      {
        method: 'GET',
        path: pathOf(address, '/pulls'),
        query: { state: 'all', head: `${address.owner}:${branch}` },
      },
      this.signal,
    );
  }

  run(address: RepositoryAddress, id: number): Promise<JsonRecord> {
    return this.get(address, `/actions/runs/${id}`);
  }

  /** Runs of a workflow file that somebody asked for on a commit, newest first. */
  dispatchedRuns(
    address: RepositoryAddress,
    file: string,
    sha: string,
  ): Promise<JsonRecord> {
    return this.get(
      address,
      `/actions/workflows/${encodeURIComponent(file)}/runs`,
      { event: 'workflow_dispatch', head_sha: sha, per_page: '20' },
    );
  }

  /** How two commits stand to each other: `ahead` where the second has all of the first; `undefined` where one is not there. */
  async compare(
    address: RepositoryAddress,
    base: string,
    head: string,
  ): Promise<string | undefined> {
    const found = await this.#find(
      this.get(
        address,
        `/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`,
        { per_page: '1' },
      ),
    );
    return text(found?.status, 32);
  }

  protected get(
    address: RepositoryAddress,
    path: string,
    query?: Record<string, string>,
  ): Promise<JsonRecord> {
    return this.transport.send(
      { method: 'GET', path: pathOf(address, path), query },
      this.signal,
    );
  }

  async #find(reading: Promise<JsonRecord>): Promise<JsonRecord | undefined> {
    try {
      return await reading;
    } catch (error) {
      if (statusOf(error) === 404) {
        return undefined;
      }
      throw error;
    }
  }
}

/** What executions and rollbacks work with, and nobody else. */
export class GithubWriteClient extends GithubPlanClient {
  createTree(
    address: RepositoryAddress,
    body: JsonObject,
  ): Promise<JsonRecord> {
    return this.#send('POST', address, '/git/trees', body);
  }

  /** Nothing shows a commit before a branch points to it. */
  createCommit(
    address: RepositoryAddress,
    body: JsonObject,
  ): Promise<JsonRecord> {
    return this.#send('POST', address, '/git/commits', body);
  }

  createBranch(
    address: RepositoryAddress,
    branch: string,
    sha: string,
  ): Promise<JsonRecord> {
    return this.#send('POST', address, '/git/refs', {
      ref: `refs/heads/${branch}`,
      sha,
    });
  }

  async deleteBranch(
    address: RepositoryAddress,
    branch: string,
  ): Promise<void> {
    await this.transport.sendForAnything(
      {
        method: 'DELETE',
        path: pathOf(address, `/git/refs/heads/${encodeSteps(branch)}`),
      },
      this.signal,
    );
  }

  openPull(address: RepositoryAddress, body: JsonObject): Promise<JsonRecord> {
    return this.#send('POST', address, '/pulls', body);
  }

  closePull(address: RepositoryAddress, number: number): Promise<JsonRecord> {
    return this.#send('PATCH', address, `/pulls/${number}`, {
      state: 'closed',
    });
  }

  /** What a server that knows how answers with which run it became. */
  dispatch(
    address: RepositoryAddress,
    file: string,
    body: JsonObject,
  ): Promise<JsonRecord> {
    return this.transport.sendForAnything(
      {
        method: 'POST',
        path: pathOf(
          address,
          `/actions/workflows/${encodeURIComponent(file)}/dispatches`,
        ),
        body,
      },
      this.signal,
    );
  }

  #send(
    method: ApiRequest['method'],
    address: RepositoryAddress,
    path: string,
    body: JsonObject,
  ): Promise<JsonRecord> {
    return this.transport.send(
      { method, path: pathOf(address, path), body },
      this.signal,
    );
  }
}

function pathOf({ owner, name }: RepositoryAddress, path: string): string {
  return `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}${path}`;
}
