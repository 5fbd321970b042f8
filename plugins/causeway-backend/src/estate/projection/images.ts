/** A container image reference, taken apart. */
export interface ImageReference {
  /** Host of the registry; `docker.io` where none is given. */
  registry: string;
  /** Path without registry, tag and digest: `meridian/payment-api`. */
  path: string;
  tag?: string;
  digest?: string;
}

/** Takes an image reference apart as container runtimes do. */
export function parseImage(image: string): ImageReference {
  const [withoutDigest, digest] = image.split('@', 2);
  const slash = withoutDigest.lastIndexOf('/');
  const colon = withoutDigest.indexOf(':', slash + 1);
  const name = colon < 0 ? withoutDigest : withoutDigest.slice(0, colon);
  const tag = colon < 0 ? undefined : withoutDigest.slice(colon + 1);
  const [first, ...rest] = name.split('/');
  const hasRegistry =
    rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return {
    registry: hasRegistry ? first : 'docker.io',
    path: hasRegistry ? rest.join('/') : name,
    tag: tag || undefined,
    digest: digest || undefined,
  };
}

/** What people call the version: the tag, or the start of the digest. */
export function imageVersion(image: string): string | undefined {
  const { tag, digest } = parseImage(image);
  return tag ?? digest?.replace(/^[a-z0-9]+:/, '').slice(0, 12);
}
