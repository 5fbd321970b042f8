/** What the details are about. */
export type Selection =
  { kind: 'node'; entityRef: string } | { kind: 'edge'; id: string };
