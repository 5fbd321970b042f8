import { useCallback } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  ingestedTypes,
  relationPairs,
} from '@causeway/backstage-plugin-causeway-common';
import { causewayTranslationRef } from '../translation';

const otherTypes = [
  'component',
  'group',
  'user',
  'api',
  'system',
  'domain',
  'resource',
] as const;

type KnownType = (typeof ingestedTypes)[number] | (typeof otherTypes)[number];
type KnownRelation = (typeof relationPairs)[number]['forward'];

const knownTypes = new Set<string>([...ingestedTypes, ...otherTypes]);
const knownRelations = new Set<string>(
  relationPairs.map(({ forward }) => forward),
);

/** What types, relations and owners are called on the page. */
export function useNames() {
  const { t } = useTranslationRef(causewayTranslationRef);
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
    (ref: string) => (ref ? parseEntityRef(ref).name : t('common.none')),
    [t],
  );
  return { typeName, relationName, ownerName };
}
