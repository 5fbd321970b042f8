/** `<source>/<scope>/<kind>`, e.g. `production-eu/-/deployments.apps`. */
export function partitionId(
  source: string,
  partition: { scope: string; kind: string },
): string {
  return `${source}/${partition.scope}/${partition.kind}`;
}
