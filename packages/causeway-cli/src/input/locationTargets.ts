import { isMapping, RawEntity } from '../document/CatalogDocument';

/** One target of a Location. */
export interface LocationTarget {
  type: 'file' | 'url';
  target: string;
  path: (string | number)[];
  /** Whether the target is a pattern. */
  glob: boolean;
}

/** The targets of a Location entity; those of types that nobody can follow here are left out. */
export function locationTargets(entity: RawEntity): LocationTarget[] {
  const spec = isMapping(entity.spec) ? entity.spec : {};
  const texts: { target: unknown; path: (string | number)[] }[] = [
    { target: spec.target, path: ['spec', 'target'] },
    ...(Array.isArray(spec.targets) ? spec.targets : []).map((target, at) => ({
      target,
      path: ['spec', 'targets', at],
    })),
  ];
  return texts.flatMap(({ target, path }): LocationTarget[] => {
    if (typeof target !== 'string' || target === '') {
      return [];
    }
    if (/^https?:\/\//i.test(target)) {
      return [{ type: 'url', target, path, glob: false }];
    }
    // Without a type, a target is of the type of the place that the Location was read from.
    const relative = ['file', 'url', undefined, null].includes(
      spec.type as string,
    );
    return relative && !/^[a-z][a-z0-9+.-]*:\/\//i.test(target)
      ? [
          {
            type: 'file',
            target,
            path,
            glob: /[*?[\]{}]/.test(target),
          },
        ]
      : [];
  });
}
