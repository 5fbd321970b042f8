import { CatalogKind, ReferenceField } from './CatalogKinds';
import core from './core-kinds.json';

/** Annotations that Backstage's own model declares. */
export const coreAnnotations: readonly { name: string; description: string }[] =
  core.annotations;

/** The kinds that Backstage ships, with the reference fields that its model leaves unsaid. */
export function coreKinds(): CatalogKind[] {
  return (core.kinds as unknown as CatalogKind[]).map(kind => ({
    ...kind,
    relationFields: kind.relationFields.map(narrowed),
  }));
}

/**
 * Backstage's model says which kind a short reference means and often leaves
 * open which kinds fit. Of its own kinds, only that default fits: a Component
 * cannot be part of a Group by `spec.system`.
 */
function narrowed(field: ReferenceField): ReferenceField {
  return field.allowedKinds || !field.defaultKind
    ? field
    : { ...field, allowedKinds: [field.defaultKind] };
}
