import type { ObservedCrossplaneResource } from '../../../observations/model';
import { type JsonRecord, record, records, text } from '../../read';
import { reduceConditions } from './conditions';
import { reduceMetadata } from './metadata';
import { reduceObjectReference } from './objectReference';
import { parseHost } from './references';

/**
 * Reduces a claim, a composite or a managed resource. Fields of Crossplane's
 * own stand in `spec` itself, and in `spec.crossplane` where version 2 keeps
 * them apart; parameters are a tenant's and not kept, but for the engine.
 */
export function reduceCrossplaneResource(options: {
  role: ObservedCrossplaneResource['role'];
  group: string;
  kind: string;
}): (object: JsonRecord) => ObservedCrossplaneResource | undefined {
  const { role, group, kind } = options;
  return object => {
    const meta = reduceMetadata(object);
    const spec = record(object.spec);
    if (!meta || !spec) {
      return undefined;
    }
    const status = record(object.status);
    const own = record(spec.crossplane) ?? spec;
    const secret = record(
      own.writeConnectionSecretToRef ?? spec.writeConnectionSecretToRef,
    );
    const secretName = text(secret?.name, 253);
    const given = record(spec.forProvider) ?? record(spec.parameters) ?? spec;
    const composed = records(own.resourceRefs, 128).flatMap(
      reference => reduceObjectReference(reference) ?? [],
    );
    return {
      meta,
      role,
      group,
      kind,
      composition: text(record(own.compositionRef)?.name, 253),
      composite:
        role === 'claim' ? reduceObjectReference(own.resourceRef) : undefined,
      composed: composed.length ? composed : undefined,
      claim:
        role === 'composite' ? reduceObjectReference(own.claimRef) : undefined,
      secret: secretName
        ? { name: secretName, namespace: text(secret?.namespace, 253) }
        : undefined,
      host: findHost(status),
      engine: text(given.engine, 63),
      provider:
        role === 'managed'
          ? text(record(spec.providerConfigRef)?.name, 253)
          : undefined,
      conditions: reduceConditions(status?.conditions),
    };
  };
}

/** Where providers and compositions tell how a thing is reached. */
const hostFields = ['endpoint', 'address', 'host', 'fqdn', 'dnsName'];

function findHost(status: JsonRecord | undefined): string | undefined {
  for (const place of [record(status?.atProvider), status]) {
    for (const field of hostFields) {
      const value = place?.[field];
      // Amazon's RDS wraps the address of a cluster.
      const written = text(value, 300) ?? text(record(value)?.address, 300);
      const host = written && parseHost(written)?.host;
      if (host && host.includes('.')) {
        return host;
      }
    }
  }
  return undefined;
}
