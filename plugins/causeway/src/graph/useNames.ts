import { useCallback } from 'react';
import {
  ingestedTypes,
  relationPairs,
} from '@causeway/backstage-plugin-causeway-common';
import { shortName } from '../lib/shortName';
import { useTexts } from '../components/useTexts';

const otherTypes = [
  'component',
  'group',
  'team',
  'website',
  'library',
  'openapi',
  'user',
  'api',
  'system',
  'domain',
  'resource',
] as const;

type KnownType = (typeof ingestedTypes)[number] | (typeof otherTypes)[number];
const otherRelations = [
  'providesApi',
  'consumesApi',
  'childOf',
  'memberOf',
] as const;

type KnownRelation =
  (typeof relationPairs)[number]['forward'] | (typeof otherRelations)[number];

const knownTypes = new Set<string>([...ingestedTypes, ...otherTypes]);
const knownRelations = new Set<string>([
  ...relationPairs.map(({ forward }) => forward),
  ...otherRelations,
]);

/** What types, relations and owners are called on the page. */
export function useNames() {
  const { t } = useTexts();
  const typeName = useCallback(
    (type: string) =>
      knownTypes.has(type) ? t(`type.${type as KnownType}`) : type,
    [t],
  );
  const relationName = useCallback(
    (relation: string) =>
      knownRelations.has(relation)
        ? t(`relation.${relation as KnownRelation}`)
        : relation,
    [t],
  );
  const ownerName = useCallback(
    (ref: string) => (ref ? shortName(ref) : t('common.none')),
    [t],
  );
  return { typeName, relationName, ownerName };
}
