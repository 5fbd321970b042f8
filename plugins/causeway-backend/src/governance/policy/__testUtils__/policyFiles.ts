import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A policy file of a replica, and how to change it. */
export class PolicyFile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'causeway-policy-'));

  readonly path = join(this.#folder, 'policy.yaml');

  #writes = 0;

  constructor(text: string) {
    this.write(text);
  }

  write(text: string): void {
    writeFileSync(this.path, text);
    // A second write within the clock's grain is a change all the same.
    this.#writes += 1;
    utimesSync(this.path, this.#writes, this.#writes);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A policy whose tier for everything in production needs so many approvals. */
export function policyText(options: {
  count: number;
  title?: string;
  freeze?: boolean;
}): string {
  const { count, title = 'Production', freeze } = options;
  return `apiVersion: causeway.dev/v1
kind: Policy
metadata: {name: test}
spec:
  riskTiers:
    - name: production
      title: ${title}
      level: high
      match: target.environment == 'production'
      approval: {count: ${count}, approvers: [owner, "group:default/platform"]}
${freeze ? '  freezes: [{name: always, when: "true", reason: holidays}]\n' : ''}`;
}
