import type { ObservedKargoPromotion } from '../../../../observations/model';
import { type JsonRecord, record, text } from '../../../read';
import { reduceMetadata } from '../metadata';

const actorAnnotation = 'kargo.akuity.io/create-actor';

/** Reduces a Promotion of Kargo; the steps and their configuration are left out. */
export function reduceKargoPromotion(
  object: JsonRecord,
): ObservedKargoPromotion | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  const stage = text(spec?.stage, 253);
  const freight = text(spec?.freight, 253);
  if (!meta || !stage || !freight) {
    return undefined;
  }
  const status = record(object.status);
  const annotations = record(record(object.metadata)?.annotations);
  return {
    meta,
    stage,
    freight,
    phase: text(status?.phase, 32),
    message: text(status?.message, 256),
    startedAt: text(status?.startedAt, 40),
    finishedAt: text(status?.finishedAt, 40),
    createdBy: text(annotations?.[actorAnnotation], 128),
  };
}
