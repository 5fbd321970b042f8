import { likelySpelling } from '../model/spelling';
import { CompoundRef, displayRef, refKey } from '../references/entityRef';
import { EntitySet, Reference } from '../references/EntitySet';
import { missingTargets } from './missingTargets';
import { Rule } from './rule';

/** Looks for what was meant; spelling is tried for the first hundred only, because it reads all names. */
class Suggestions {
  readonly #set: EntitySet;
  readonly #names = new Map<string, Map<string, CompoundRef>>();
  #left = 100;

  constructor(set: EntitySet) {
    this.#set = set;
  }

  for({ target, field }: Reference): string | undefined {
    const elsewhere = this.#set.findInKinds(
      target,
      field.allowedKinds ?? ['Component', 'Resource', 'API', 'System'],
    );
    if (elsewhere && refKey(elsewhere) !== refKey(target)) {
      return `${displayRef(elsewhere)} is there: write the kind.`;
    }
    if (this.#left <= 0) {
      return undefined;
    }
    this.#left -= 1;
    const names = this.#namesOf(target.kind);
    const sameName = names.get(target.name.toLowerCase());
    const likely =
      sameName ?? names.get(likelySpelling(target.name, names.keys()) ?? '');
    return likely
      ? `Is ${displayRef(likely)} meant?`
      : 'Correct the reference, or add the entity.';
  }

  #namesOf(kind: string): Map<string, CompoundRef> {
    const key = kind.toLowerCase();
    let names = this.#names.get(key);
    if (!names) {
      names = new Map();
      for (const ref of this.#set.refsOfKind(kind)) {
        names.set(ref.name.toLowerCase(), ref);
      }
      this.#names.set(key, names);
    }
    return names;
  }
}

export const referenceMissing: Rule = {
  id: 'reference-missing',
  category: 'references',
  description: 'A reference leads to an entity that is not there.',
  severity: 'error',
  checkSet(context, report) {
    const { set } = context;
    if (!set.whole) {
      return;
    }
    const suggestions = new Suggestions(set);
    for (const { from, reference } of missingTargets(context)) {
      report({
        document: from.document,
        message: `${reference.field.path} refers to ${displayRef(reference.target)}, which is not there`,
        help: suggestions.for(reference),
        at: { path: reference.path, part: 'value' },
      });
    }
  },
};
