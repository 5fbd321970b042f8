import type { ObservedClaim } from '../../observations/model';
import type { ProjectionConfig } from '../config';
import { isTrusted } from './trust';

const repository = 'url:https://github.com/acme/portal';

it.each<[string, string, boolean]>([
  // What the catalog writes for a file of a GitHub repository.
  [
    `${repository}/blob/main/all.yaml`,
    `${repository}/tree/main/all.yaml`,
    true,
  ],
  [`${repository}/blob/*`, `${repository}/tree/main/all.yaml`, true],
  [
    'url:https://github.com/acme/*/blob/main/*',
    `${repository}/tree/main/a`,
    true,
  ],
  [`${repository}/tree/main/*`, `${repository}/blob/main/all.yaml`, true],
  [
    'url:https://git.example/a/b/c/-/blob/main/*',
    'url:https://git.example/a/b/c/-/tree/main/all.yaml',
    true,
  ],
  [`${repository}/blob/main/*`, `${repository}/tree/fork/all.yaml`, false],
  [`${repository}/blob/main/*`, `${repository}/tree/main/../x/all.yaml`, false],
  // A repository of that name is not another one.
  [
    'url:https://github.com/acme/tree/*',
    'url:https://github.com/acme/blob/x',
    false,
  ],
  [
    'url:https://github.com/acme/*',
    'url:https://evil.example/acme/x/tree/y',
    false,
  ],
])('with %s trusted, %s: %s', (trusted, location, expected) => {
  const claim = { location, originLocation: location } as ObservedClaim;
  const trust = (claims: Partial<ProjectionConfig['claims']>) =>
    isTrusted(claim, {
      claims: { trustedLocations: [], configuredLocations: [], ...claims },
    } as unknown as ProjectionConfig);
  expect(trust({ trustedLocations: [trusted] })).toBe(expected);
  expect(trust({ configuredLocations: [trusted] })).toBe(
    expected && !trusted.includes('*'),
  );
});
