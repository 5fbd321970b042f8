import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const api = `  type: openapi
  lifecycle: production
  definition: |
    openapi: 3.0.0
    info:
      title: Orders
      version: 1.0.0
    paths: {}
`;

/** Of each hundred descriptors, one is a group, one a domain, three are systems, and so on. */
function kindOf(number) {
  const place = number % 100;
  if (place < 1) return 'Group';
  if (place < 2) return 'Domain';
  if (place < 5) return 'System';
  if (place < 30) return 'API';
  return place < 50 ? 'Resource' : 'Component';
}

/** A descriptor that exists and has a kind: the nearest one at or below a number. */
function nearest(kind, number) {
  for (let at = number; at >= 0; at -= 1) {
    if (kindOf(at) === kind) return at;
  }
  return undefined;
}

function specOf(kind, number) {
  const owner = `  owner: group-${nearest('Group', number)}\n`;
  const system = nearest('System', number);
  const inSystem = system === undefined ? '' : `  system: system-${system}\n`;
  switch (kind) {
    case 'Group':
      return '  type: team\n  children: []\n';
    case 'Domain':
      return owner;
    case 'System':
      return `${owner}  domain: domain-${nearest('Domain', number)}\n`;
    case 'API':
      return `${owner}${inSystem}${api}`;
    case 'Resource':
      return `${owner}${inSystem}  type: database\n`;
    default:
      return `  type: service\n  lifecycle: production\n${owner}${inSystem}  dependsOn:\n    - resource:default/resource-${nearest('Resource', number)}\n  providesApis:\n    - api-${nearest('API', number)}\n  consumesApis:\n    - api-${nearest('API', number)}\n`;
  }
}

/** The descriptor with a number; all references lead to smaller numbers. */
export function descriptor(number) {
  const kind = kindOf(number);
  const name = `${kind.toLowerCase()}-${number}`;
  return `# ${name}
apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata:
  name: ${name}
  title: "${kind} number ${number}"
  description: Keeps the orders of shop ${number} and tells others about them
  labels:
    tier: "1"
  annotations:
    github.com/project-slug: meridian/${name}
    backstage.io/source-location: url:https://github.com/meridian/${name}/
  tags: [java, orders]
  links:
    - url: https://dashboards.example.com/d/${number}
      title: Dashboard
spec:
${specOf(kind, number)}`;
}

/** Writes a catalog of so many descriptors, each in a file and a folder of its own; gives their texts. */
export function writeCatalog(folder, count) {
  return Array.from({ length: count }, (_, number) => {
    const place = join(folder, `team-${number % 100}`, `repository-${number}`);
    mkdirSync(place, { recursive: true });
    const text = descriptor(number);
    writeFileSync(join(place, 'catalog-info.yaml'), text);
    return text;
  });
}
