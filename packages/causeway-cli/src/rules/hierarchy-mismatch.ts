import { displayRef } from '../references/entityRef';
import { EntitySet, Reference, SetEntity } from '../references/EntitySet';
import { Rule } from './rule';

export const hierarchyMismatch: Rule = {
  id: 'hierarchy-mismatch',
  category: 'references',
  description:
    'Two entities disagree about where they stand: a subcomponent in another system than its whole, a group with two parents.',
  severity: 'warning',
  checkSet({ set }, report) {
    for (const entity of set.entities) {
      const whole = referenceAt(entity, 'spec.subcomponentOf');
      const own = referenceAt(entity, 'spec.system');
      const other = whole && own && systemOf(set, whole.key);
      if (own && other && other.key !== own.key) {
        report({
          document: entity.document,
          message: `${displayRef(entity.ref)} is in ${displayRef(own.target)}, and ${displayRef(whole.target)}, which it is part of, in ${displayRef(other.target)}`,
          help: 'A subcomponent belongs to the system of its whole.',
          at: { path: own.path, part: 'value' },
        });
      }
    }
    for (const group of set.entities) {
      for (const child of group.references) {
        const inner =
          child.field.path === 'spec.children' && set.get(child.key);
        const parent = inner && referenceAt(inner, 'spec.parent');
        if (inner && parent && parent.key !== group.key) {
          report({
            document: group.document,
            message: `${displayRef(group.ref)} lists ${displayRef(inner.ref)} as a child, whose parent is ${displayRef(parent.target)}`,
            help: 'A group has one parent: correct spec.children or spec.parent.',
            at: { path: child.path, part: 'value' },
            related: [
              {
                message: 'The parent that the child names',
                document: inner.document,
                at: { path: parent.path, part: 'value' },
              },
            ],
          });
        }
      }
    }
  },
};

function referenceAt(entity: SetEntity, path: string): Reference | undefined {
  return entity.references.find(reference => reference.field.path === path);
}

function systemOf(set: EntitySet, key: string): Reference | undefined {
  const whole = set.get(key);
  return whole && referenceAt(whole, 'spec.system');
}
