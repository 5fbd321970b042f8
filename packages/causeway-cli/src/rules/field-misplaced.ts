import { isMapping } from '../document/CatalogDocument';
import { Rule } from './rule';

/** Reference fields of one level of the catalog, written at another, where the catalog overlooks them. */
const misplaced: Record<string, Record<string, string>> = {
  Component: {
    domain:
      "Only a System is part of a domain: set spec.domain on the component's system.",
    memberOf: 'Only a User is a member of groups.',
    parent:
      'Only a Group has a parent; for a part of another component use spec.subcomponentOf.',
  },
  Resource: {
    domain:
      "Only a System is part of a domain: set spec.domain on the resource's system.",
    subcomponentOf:
      'Only a Component is a subcomponent; use spec.dependencyOf or spec.system.',
  },
  API: {
    domain:
      "Only a System is part of a domain: set spec.domain on the API's system.",
    providesApis:
      'A Component provides APIs: list this one under its spec.providesApis.',
    subcomponentOf: 'Only a Component is a subcomponent; use spec.system.',
  },
  System: {
    system: 'A System is not part of a system; use spec.domain.',
    subcomponentOf: 'Only a Component is a subcomponent; use spec.domain.',
    dependsOn: 'Systems carry no dependsOn: the components in them do.',
  },
  Domain: {
    domain: 'A Domain is part of another by spec.subdomainOf.',
    system: 'A Domain holds systems: set spec.domain on the system.',
  },
  Group: {
    memberOf: 'A Group has one parent: use spec.parent.',
    owner: 'Groups have no owner.',
  },
  User: {
    groups: 'The groups of a User stand in spec.memberOf.',
    parent: 'Only a Group has a parent; use spec.memberOf.',
  },
};

export const fieldMisplaced: Rule = {
  id: 'field-misplaced',
  category: 'structure',
  description:
    'A field belongs to another kind, so the catalog overlooks it: a system or a domain that does not fit.',
  severity: 'warning',
  checkDocument({ entity, kind }, report) {
    const fields =
      kind.found?.apiVersion.startsWith('backstage.io/') &&
      misplaced[kind.found.kind];
    if (!fields || !isMapping(entity.spec)) {
      return;
    }
    for (const [field, help] of Object.entries(fields)) {
      if (field in entity.spec) {
        report({
          message: `${kind.found!.kind} has no spec.${field}; the catalog overlooks it`,
          help,
          at: { path: ['spec', field], part: 'key' },
        });
      }
    }
  },
};
