import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createEstateSimulator,
  EstateSimulator,
} from '../createEstateSimulator';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
  items?: Schema;
}

const swagger = JSON.parse(
  readFileSync(
    join(
      __dirname,
      ...['..', '..', '..', '..', '..', 'shared'],
      ...['contracts', 'argocd', 'swagger.json'],
    ),
    'utf8',
  ),
) as { definitions: Record<string, Schema> };

/** What in a value the schema does not know, or knows to be of another type. */
function violations(value: unknown, schema: Schema, path: string): string[] {
  // Raw JSON in Go, which the description shows as an object of its own.
  if (/\.fieldsV1$|\.list\.elements\[\d+\]$/.test(path)) {
    return [];
  }
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1)!;
    return violations(value, swagger.definitions[name], path);
  }
  if (value === null || value === undefined) {
    return [];
  }
  if (schema.properties) {
    // Times and quantities are objects to protobuf, and text in JSON.
    if (typeof value === 'string') {
      return /Time$/.test(path) || 'seconds' in schema.properties
        ? []
        : [`${path}: text`];
    }
    if (typeof value !== 'object' || Array.isArray(value)) {
      return [`${path}: no object`];
    }
    return Object.entries(value).flatMap(([field, child]) => {
      const known = schema.properties![field];
      return known
        ? violations(child, known, `${path}.${field}`)
        : [`${path}.${field}: unknown`];
    });
  }
  if (schema.type === 'array') {
    return Array.isArray(value)
      ? value.flatMap((item, index) =>
          violations(item, schema.items ?? {}, `${path}[${index}]`),
        )
      : [`${path}: no list`];
  }
  const types: Record<string, string> = {
    string: 'string',
    boolean: 'boolean',
    integer: 'number',
    number: 'number',
  };
  const expected = schema.type && types[schema.type];
  // int64 travels as text as well.
  return expected &&
    typeof value !== expected &&
    !(expected === 'string' && typeof value === 'number')
    ? [`${path}: ${typeof value} instead of ${schema.type}`]
    : [];
}

// The description leaves out what Go embeds.
Object.assign(
  swagger.definitions.v1alpha1ResourceNode.properties!,
  swagger.definitions.v1alpha1ResourceRef.properties,
);

describe('what the Argo CD API answers, against Argo CD’s own description', () => {
  let estate: EstateSimulator;
  beforeAll(async () => {
    estate = await createEstateSimulator();
  }, 60_000);
  afterAll(() => estate.close());

  const name = 'ledger-production-us';
  it.each([
    ['GET', '/applications', 'v1alpha1ApplicationList'],
    ['GET', `/applications/${name}`, 'v1alpha1Application'],
    ['GET', `/applications/${name}/resource-tree`, 'v1alpha1ApplicationTree'],
    [
      'GET',
      `/applications/${name}/managed-resources`,
      'applicationManagedResourcesResponse',
    ],
    [
      'GET',
      `/applications/${name}/revisions/main/metadata`,
      'v1alpha1RevisionMetadata',
    ],
    ['POST', `/applications/${name}/sync`, 'v1alpha1Application'],
    ['GET', '/projects', 'v1alpha1AppProjectList'],
    ['GET', '/projects/payments', 'v1alpha1AppProject'],
    ['GET', '/applicationsets', 'v1alpha1ApplicationSetList'],
    ['GET', '/clusters', 'v1alpha1ClusterList'],
    ['GET', '/account/can-i/applications/get/*', 'accountCanIResponse'],
    ['GET', '/session/userinfo', 'sessionGetUserInfoResponse'],
    ['GET', '/applications/nobody', 'runtimeError'],
  ])('%s %s is a %s', async (method, path, definition) => {
    const { url, writeToken } = estate.urls.argocd['argocd-prod'];
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${writeToken}`,
        'content-type': 'application/json',
      },
      body: method === 'POST' ? '{}' : undefined,
    });
    const body = await response.json();
    expect(Object.keys(body).length).toBeGreaterThan(0);
    expect(
      violations(body, swagger.definitions[definition], definition),
    ).toEqual([]);
  });
});
