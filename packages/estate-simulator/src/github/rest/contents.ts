import { blobSha } from '../../world/GitRepository';
import { HostedRepository } from '../GitHubModel';
import { GitHubError } from '../http';

/** A file or the entries of a folder, as `GET .../contents/<path>` gives them. */
export function contentsBody(options: {
  repository: HostedRepository;
  path: string;
  ref: string;
  url: string;
}): object {
  const { repository, path, ref, url } = options;
  const commit = repository.git.resolve(ref);
  if (!commit) {
    throw new GitHubError(404, `No commit found for the ref ${ref}`);
  }
  const tree = repository.git.tree(commit.sha);
  const content = tree.get(path);
  if (content !== undefined) {
    return {
      ...entry('file', path, url),
      sha: blobSha(content),
      size: Buffer.byteLength(content),
      encoding: 'base64',
      content: Buffer.from(content).toString('base64'),
    };
  }
  const prefix = path ? `${path}/` : '';
  const names = new Set(
    [...tree.keys()]
      .filter(one => one.startsWith(prefix))
      .map(one => one.slice(prefix.length).split('/')[0]),
  );
  if (names.size === 0) {
    throw GitHubError.notFound();
  }
  return [...names].sort().map(name => {
    const file = tree.get(prefix + name);
    return {
      ...entry(file === undefined ? 'dir' : 'file', prefix + name, url),
      sha: blobSha(file ?? prefix + name),
      size: file === undefined ? 0 : Buffer.byteLength(file),
    };
  });
}

function entry(type: 'file' | 'dir', path: string, url: string) {
  return { type, path, name: path.split('/').at(-1), url };
}

/** The text of a file at a ref; GitHub's 404 when there is none. */
export function fileText(
  repository: HostedRepository,
  path: string,
  ref: string,
): string {
  const commit = repository.git.resolve(ref);
  const content = commit && repository.git.tree(commit.sha).get(path);
  if (content === undefined) {
    throw GitHubError.notFound();
  }
  return content;
}

/**
 * Splits `<ref>/<path>`: a ref may have slashes, so the longest branch that
 * fits is taken, else the first segment.
 */
export function splitRef(
  repository: HostedRepository,
  rest: string,
): { ref: string; path: string } {
  const branch = [...repository.git.branches.keys()]
    .filter(name => rest === name || rest.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0];
  const ref = branch ?? rest.split('/')[0];
  return { ref, path: rest.slice(ref.length + 1) };
}
