import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateDir } from './paths.mjs';

// Beside the databases: whoever begins anew with those begins a new trail.
const folder = join(stateDir, 'db', 'simulated', 'anchors');

/**
 * Has the demo's audit trail signed, with a key of this machine that is made
 * at the first start. Not in app-config.simulator.yaml: whoever reads that
 * without this script has no such key.
 *
 * @returns {Record<string, string>} the environment that configures it
 */
export function anchorEnvironment() {
  const key = join(folder, 'anchors.pem');
  const publicKey = join(folder, 'anchors.pub.pem');
  if (!existsSync(key) || !existsSync(publicKey)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const made = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    writeFileSync(publicKey, made.publicKey);
    writeFileSync(key, made.privateKey, { mode: 0o600 });
  }
  return {
    APP_CONFIG_causeway_gate_audit_anchors: JSON.stringify({
      key: { file: key },
      file: join(folder, 'checkpoints.jsonl'),
    }),
  };
}
