import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssessmentInput } from '../AssessmentInput';
import {
  budgetKeys,
  compilePolicy,
  type CompiledPolicy,
} from '../compilePolicy';
import { policyDocument, type PolicyDocument } from '../PolicyDocument';
import { policyHash } from '../policyHash';
import { readPolicyFiles } from '../readPolicyFiles';

export const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');

/** A policy of `spec`, with the schema's defaults. */
export function documentOf(spec: unknown): PolicyDocument {
  return policyDocument.parse({
    apiVersion: 'causeway.dev/v1',
    kind: 'Policy',
    metadata: { name: 'test' },
    spec,
  });
}

export function compile(document: PolicyDocument): CompiledPolicy {
  return compilePolicy(document, { hash: policyHash(document, sha256) });
}

/** The policy of `examples/policy`. */
export function examplePolicy(): PolicyDocument {
  const folder = join(__dirname, '../../../../../examples/policy');
  const { document, problems } = readPolicyFiles(
    ['risk-tiers.yaml', 'decisions.yaml'].map(file => ({
      file,
      text: readFileSync(join(folder, file), 'utf8'),
    })),
  );
  if (!document) {
    throw new Error(JSON.stringify(problems));
  }
  return document;
}

/** An agent scales payment-api in production from 3 to 6; everything is known. */
export function scaling(document: PolicyDocument): AssessmentInput {
  return {
    request: {
      operation: 'scale-workload',
      version: '1',
      class: 'application',
      capability: 'workload-scaling',
      input: { replicas: 6 },
      requester: {
        ref: 'user:default/ada-okafor',
        kind: 'user',
        agent: true,
        groups: ['group:default/payments'],
        spread: 0,
      },
      entrance: 'mcp',
    },
    change: {
      cost: 1.5,
      currency: 'USD',
      disruptive: false,
      reversible: true,
      dryRun: true,
      quantities: {
        replicas: { current: 3, proposed: 6, baseline: 3, factor: 2 },
      },
      paths: ['spec.replicas'],
    },
    target: {
      entityRef: 'resource:default/payment-api-production-eu',
      kind: 'Resource',
      type: 'kubernetes-workload',
      name: 'payment-api',
      source: 'production-eu',
      managed: false,
      owner: 'group:default/payments',
      environment: 'production',
      tenant: 'group:default/banking',
    },
    live: {},
    claimed: {},
    estate: {
      fresh: true,
      contested: false,
      health: 'healthy',
      sync: 'synced',
      blastRadius: {
        total: 4,
        environments: ['production'],
        owners: ['group:default/storefront'],
        complete: true,
      },
      recentFailures: 0,
      facts: { 'probes.liveness': true },
    },
    agent: {
      id: 'user:default/ada-okafor via plugin:mcp-actions',
      registered: true,
      confidence: 0.9,
      record: { right: 47, of: 51, lowerBound: 0.82 },
      missing: [],
    },
    budget: Object.fromEntries(
      budgetKeys(document).map(key => [key, { spent: 0 }]),
    ),
    time: { now: Date.parse('2026-11-24T10:00:00Z') },
    doubts: [],
  };
}
