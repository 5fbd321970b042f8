import { safeText } from './text';

/** A container image reference, taken apart. */
export interface ImageReference {
  /** Host of the registry; `docker.io` where none is given. */
  registry: string;
  /** Path without registry, tag and digest: `meridian/payment-api`. */
  path: string;
  tag?: string;
  digest?: string;
}

/** The image that stands for a workload. */
export interface MainImage extends ImageReference {
  /** As the workload names it. */
  reference: string;
  /** The same, fit to be shown. */
  shown?: string;
  /** What people call the version, fit to be shown. */
  version?: string;
}

/** Takes an image reference apart as container runtimes do. */
export function parseImage(image: string): ImageReference {
  const [withoutDigest, digest] = image.includes('@')
    ? image.split('@', 2)
    : [image];
  const slash = withoutDigest.lastIndexOf('/');
  const colon = withoutDigest.indexOf(':', slash + 1);
  const name = colon < 0 ? withoutDigest : withoutDigest.slice(0, colon);
  const tag = colon < 0 ? undefined : withoutDigest.slice(colon + 1);
  const first = name.slice(0, Math.max(0, name.indexOf('/')));
  const hasRegistry =
    name.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return {
    registry: hasRegistry ? first : 'docker.io',
    path: hasRegistry ? name.slice(first.length + 1) : name,
    tag: tag || undefined,
    digest: digest || undefined,
  };
}

/** What people call the version: the tag, or the start of the digest. */
function versionOf({ tag, digest }: ImageReference): string | undefined {
  return tag ?? digest?.replace(/^[a-z0-9]+:/, '').slice(0, 12);
}

/** Reads the image of a workload, once for all that look at it. */
export function readMainImage(reference: string): MainImage {
  const parsed = parseImage(reference);
  const { registry, path, tag, digest } = parsed;
  return {
    registry,
    path,
    tag,
    digest,
    reference,
    shown: safeText(reference, 300),
    version: safeText(versionOf(parsed), 128),
  };
}
