import type { ObservedKargoStage } from '../../../../observations/model';
import { type JsonRecord, record, records, text, texts } from '../../../read';
import { reduceConditions } from '../conditions';
import { reduceMetadata } from '../metadata';
import { reduceArtifacts } from './artifacts';
import { resolveExpression } from './expressions';

/** Reduces a Stage of Kargo. Of its promotion steps only the applications that they update are kept. */
export function reduceKargoStage(
  object: JsonRecord,
): ObservedKargoStage | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  const status = record(object.status) ?? {};
  const health = record(status.health);
  const issues = texts(health?.issues, 8, 256);
  const [current] = records(status.freightHistory, 1);
  return {
    meta,
    shard: text(spec.shard, 63),
    requests: reduceRequests(spec.requestedFreight),
    applications: reduceApplications(spec, meta),
    autoPromotion:
      typeof status.autoPromotionEnabled === 'boolean'
        ? status.autoPromotionEnabled
        : undefined,
    health: text(health?.status, 32),
    issues: issues.length ? issues : undefined,
    freight: Object.values(record(current?.items) ?? {})
      .slice(0, 16)
      .flatMap(item => {
        const freight = record(item);
        const name = text(freight?.name, 253);
        return freight && name ? [reduceArtifacts(freight, name)] : [];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    conditions: reduceConditions(status.conditions),
  };
}

function reduceRequests(list: unknown): ObservedKargoStage['requests'] {
  return records(list, 32).flatMap(request => {
    const origin = record(request.origin);
    const warehouse = text(origin?.name, 253);
    const sources = record(request.sources);
    return warehouse && origin?.kind === 'Warehouse'
      ? [
          {
            warehouse,
            direct: sources?.direct === true,
            stages: texts(sources?.stages, 64, 253),
          },
        ]
      : [];
  });
}

function reduceApplications(
  spec: JsonRecord,
  meta: { name: string; namespace?: string },
): ObservedKargoStage['applications'] {
  const template = record(record(spec.promotionTemplate)?.spec);
  const known = [spec.vars, template?.vars].flatMap(readVariables);
  const found = records(template?.steps, 64)
    .filter(step => step.uses === 'argocd-update')
    .flatMap(step => {
      const values = new Map([
        ['ctx.stage', meta.name],
        ['ctx.project', meta.namespace ?? ''],
        ...known,
        ...readVariables(step.vars),
      ]);
      return records(record(step.config)?.apps, 16).flatMap(app => {
        const name = resolveExpression(text(app.name, 253), values);
        const namespace = resolveExpression(text(app.namespace, 253), values);
        return name ? [{ name, namespace }] : [];
      });
    });
  const distinct = new Map(found.map(one => [JSON.stringify(one), one]));
  return [...distinct.values()].slice(0, 64);
}

function readVariables(list: unknown): [string, string][] {
  return records(list, 64).flatMap((variable): [string, string][] => {
    const name = text(variable.name, 128);
    const value = text(variable.value, 253);
    return name && value ? [[`vars.${name}`, value]] : [];
  });
}
