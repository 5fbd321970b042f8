import type {
  ObservedBackend,
  ObservedIngress,
} from '../../../observations/model';
import { integer, type JsonRecord, record, records, text } from '../../read';
import { reduceMetadata } from './metadata';

export function reduceIngress(object: JsonRecord): ObservedIngress | undefined {
  const meta = reduceMetadata(object);
  const spec = record(object.spec);
  if (!meta || !spec) {
    return undefined;
  }
  const rules = records(spec.rules, 64);
  const paths = rules.flatMap(rule => records(record(rule.http)?.paths, 64));
  const backends = [
    reduceBackend(spec.defaultBackend),
    ...paths.map(path => reduceBackend(path.backend)),
  ].flatMap(backend => backend ?? []);
  return {
    meta,
    className: text(spec.ingressClassName, 253),
    hosts: unique(rules.map(rule => text(rule.host, 253))),
    paths: unique(paths.map(path => text(path.path, 512))),
    backends: distinct(backends),
    tls: records(spec.tls, 1).length > 0,
  };
}

function reduceBackend(backend: unknown): ObservedBackend | undefined {
  const service = record(record(backend)?.service);
  const name = text(service?.name, 253);
  const port = record(service?.port);
  return name
    ? { service: name, port: integer(port?.number) ?? text(port?.name, 63) }
    : undefined;
}

function unique(values: (string | undefined)[]): string[] {
  return [...new Set(values.flatMap(value => value ?? []))].slice(0, 128);
}

function distinct(backends: ObservedBackend[]): ObservedBackend[] {
  return [
    ...new Map(
      backends.map(one => [`${one.service}:${one.port}`, one]),
    ).values(),
  ].slice(0, 128);
}
