import type { ImageReference } from '../../projection/images';
import { safeText } from '../../projection/text';
import { defineFacts, type ValuesOf, workloadTypes } from '../defineFacts';
import { readTime } from '../readTime';

const image = { subjects: workloadTypes } as const;

export const imageFacts = defineFacts({
  'image.repository': {
    ...image,
    type: 'string',
    description:
      'Registry and path of the main image, without tag and digest: `ghcr.io/acme/shop`',
  },
  'image.tag': {
    ...image,
    type: 'string',
    absence: 'none',
    description: 'Tag of the main image',
  },
  'image.digest': {
    ...image,
    type: 'string',
    absence: 'none',
    description: 'Digest that the main image is pinned to',
  },
  'image.pinned': {
    ...image,
    type: 'boolean',
    description: 'Whether the main image is pinned to a digest',
  },
  'image.mutableTag': {
    ...image,
    type: 'boolean',
    description:
      'Whether the main image has the tag `latest` or none, and no digest: what runs may change without a change',
  },
});

export const imageAgeFacts = defineFacts({
  'image.releasedAt': {
    ...image,
    type: 'time',
    description:
      'When the release that the tag names was published, where the repository that the image comes from has one of that tag',
  },
});

/** Taken apart as container runtimes do. */
export function deriveImage(
  { registry, path, tag, digest }: ImageReference,
  facts: ValuesOf<typeof imageFacts>,
): void {
  facts['image.repository'] = safeText(`${registry}/${path}`, 300);
  facts['image.tag'] = safeText(tag, 128);
  facts['image.digest'] = safeText(digest, 128);
  facts['image.pinned'] = digest !== undefined;
  facts['image.mutableTag'] =
    digest === undefined && (tag === undefined || tag === 'latest');
}

/** `v1.2.3`, `payment-api-1.2.3` and `payment-api/v1.2.3` are releases of `1.2.3`. */
export function isReleaseOf(release: string, tag: string): boolean {
  const version = tag.replace(/^v/, '');
  return (
    release === tag ||
    (version !== '' &&
      release.endsWith(version) &&
      /(^|[-/@])v?$/.test(release.slice(0, -version.length)))
  );
}

export function deriveImageAge(
  { tag }: ImageReference,
  releases: readonly { tag: string; publishedAt?: string }[],
  facts: ValuesOf<typeof imageAgeFacts>,
): void {
  const release =
    tag === undefined
      ? undefined
      : releases.find(one => isReleaseOf(one.tag, tag));
  if (release) {
    facts['image.releasedAt'] = readTime(release.publishedAt);
  }
}
