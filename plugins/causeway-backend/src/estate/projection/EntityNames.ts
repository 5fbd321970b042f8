import type { EstateProblem } from '@causeway/backstage-plugin-causeway-common';
import { entityName, hashedName, shortHash } from './naming';

/**
 * Hands out entity references: each to one thing only. Whoever asks for a
 * taken name gets one with a hash, and a problem says so; callers ask in a
 * fixed order, so that the same estate always gives the same names.
 */
export class EntityNames {
  readonly problems: EstateProblem[] = [];
  readonly #namespace: string;
  readonly #taken = new Map<string, string>();

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /**
   * The reference of the thing that `parts` name.
   *
   * @param kind - kind of the entity
   * @param parts - parts of the name, in their original case
   * @param options - `hashOf` gives what a name after a collision is hashed
   *   from, the parts by default; `hashed` asks for that name at once
   */
  take(
    kind: string,
    parts: readonly string[],
    options: {
      title: string;
      partition: string;
      hashOf?: readonly string[];
      hashed?: boolean;
    },
  ): { ref: string; name: string } {
    const wanted = entityName(parts);
    let name = options.hashed
      ? hashedName(wanted.name, shortHash(options.hashOf ?? parts))
      : wanted.name;
    let ref = this.ref(kind, name);
    const holder = this.#taken.get(ref);
    if (holder !== undefined) {
      name = hashedName(wanted.name, shortHash(options.hashOf ?? parts));
      // Several things of one name in one namespace: only all that is known of
      // them tells them apart, and their order where even that is the same.
      for (let turn = 0; this.#taken.has(this.ref(kind, name)); turn++) {
        name = hashedName(
          wanted.name,
          shortHash([
            ...parts,
            ...(options.hashOf ?? []),
            options.title,
            ...(turn > 0 ? [`${turn}`] : []),
          ]),
        );
      }
      const free = this.ref(kind, name);
      this.problems.push({
        id: `collision:${free}`,
        kind: 'collision',
        entityRef: free,
        partition: options.partition,
        title: `${options.title} could not have the name ${wanted.name}`,
        detail: `${holder} has ${ref} already, so this one is ${free}. Rename one of them to tell them apart by name.`,
      });
      ref = free;
    } else if (wanted.shortened && !options.hashed) {
      this.problems.push({
        id: `shortened:${ref}`,
        kind: 'shortened',
        entityRef: ref,
        partition: options.partition,
        title: `${options.title} has a shortened name`,
        detail: `The catalog takes no such name, at most 63 characters of a-z, 0-9 and single separators, so it is called ${name} there.`,
      });
    }
    this.#taken.set(ref, options.title);
    return { ref, name };
  }

  /** A reference in the entity namespace. */
  ref(kind: string, name: string): string {
    return `${kind}:${this.#namespace}/${name}`;
  }
}
