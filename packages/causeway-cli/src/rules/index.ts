import { annotationFormat } from './annotation-format';
import { annotationUnknown } from './annotation-unknown';
import { annotationValue } from './annotation-value';
import { apiVersionUnknown } from './api-version-unknown';
import { cycleDependsOn } from './cycle-depends-on';
import { cycleGroupParent } from './cycle-group-parent';
import { cyclePartOf } from './cycle-part-of';
import { documentNotEntity } from './document-not-entity';
import { entityDuplicate } from './entity-duplicate';
import { entityEnvelope } from './entity-envelope';
import { fieldEmpty } from './field-empty';
import { fieldMisplaced } from './field-misplaced';
import { fieldMissing } from './field-missing';
import { fieldMisspelled } from './field-misspelled';
import { fieldOrder } from './field-order';
import { fieldReserved } from './field-reserved';
import { fieldType } from './field-type';
import { fieldUnknown } from './field-unknown';
import { fieldValue } from './field-value';
import { fileEmpty } from './file-empty';
import { fileEncoding } from './file-encoding';
import { fileTooLarge } from './file-too-large';
import { fileUnreadable } from './file-unreadable';
import { hierarchyMismatch } from './hierarchy-mismatch';
import { kindUnknown } from './kind-unknown';
import { labelFormat } from './label-format';
import { linkFormat } from './link-format';
import { locationCycle } from './location-cycle';
import { locationTarget } from './location-target';
import { nameFormat } from './name-format';
import { namespaceFormat } from './namespace-format';
import { ownerKind } from './owner-kind';
import { placeholderTarget } from './placeholder-target';
import { referenceKind } from './reference-kind';
import { referenceMissing } from './reference-missing';
import { referenceSelf } from './reference-self';
import { referenceShortForm } from './reference-short-form';
import { referenceSyntax } from './reference-syntax';
import { referenceUnjudged } from './reference-unjudged';
import { rootFieldUnknown } from './root-field-unknown';
import { suppressionInvalid } from './suppression-invalid';
import { suppressionUnused } from './suppression-unused';
import { tagFormat } from './tag-format';
import { techdocsRef } from './techdocs-ref';
import { templateActionInput } from './template-action-input';
import { templateActionUnjudged } from './template-action-unjudged';
import { templateActionUnknown } from './template-action-unknown';
import { templateExpression } from './template-expression';
import { templateParameters } from './template-parameters';
import { templateReference } from './template-reference';
import { templateStepId } from './template-step-id';
import { templateUiField } from './template-ui-field';
import { yamlDuplicateKey } from './yaml-duplicate-key';
import { yamlLimits } from './yaml-limits';
import { yamlMergeKey } from './yaml-merge-key';
import { yamlSyntax } from './yaml-syntax';
import { Rule } from './rule';

/** All rules, by id. */
export const rules: readonly Rule[] = [
  annotationFormat,
  annotationUnknown,
  annotationValue,
  apiVersionUnknown,
  cycleDependsOn,
  cycleGroupParent,
  cyclePartOf,
  documentNotEntity,
  entityDuplicate,
  entityEnvelope,
  fieldEmpty,
  fieldMisplaced,
  fieldMissing,
  fieldMisspelled,
  fieldOrder,
  fieldReserved,
  fieldType,
  fieldUnknown,
  fieldValue,
  fileEmpty,
  fileEncoding,
  fileTooLarge,
  fileUnreadable,
  hierarchyMismatch,
  kindUnknown,
  labelFormat,
  linkFormat,
  locationCycle,
  locationTarget,
  nameFormat,
  namespaceFormat,
  ownerKind,
  placeholderTarget,
  referenceKind,
  referenceMissing,
  referenceSelf,
  referenceShortForm,
  referenceSyntax,
  referenceUnjudged,
  rootFieldUnknown,
  suppressionInvalid,
  suppressionUnused,
  tagFormat,
  techdocsRef,
  templateActionInput,
  templateActionUnjudged,
  templateActionUnknown,
  templateExpression,
  templateParameters,
  templateReference,
  templateStepId,
  templateUiField,
  yamlDuplicateKey,
  yamlLimits,
  yamlMergeKey,
  yamlSyntax,
];

const byId = new Map(rules.map(rule => [rule.id, rule] as const));

/** The rule with an id. */
export function getRule(id: string): Rule | undefined {
  return byId.get(id);
}
