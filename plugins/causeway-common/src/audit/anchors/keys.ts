import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import {
  canonicalCheckpoint,
  type Checkpoint,
  type SignedCheckpoint,
} from './Checkpoint';

/**
 * A key of anchors with its id.
 *
 * @public
 */
export interface AnchorKey {
  /** First half of the SHA-256 of the public key (SPKI, DER), hex. */
  id: string;
  key: KeyObject;
}

/** In the thread pool: a file of years holds up nobody. */
const verifyInPool = promisify(verify);

function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 32);
}

function requireEd25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(
      `it is a key of ${key.asymmetricKeyType ?? 'another kind'}, and Ed25519 is needed: make one with "causeway audit keygen"`,
    );
  }
  return key;
}

/**
 * Reads a private key (PKCS #8, PEM).
 *
 * @throws Error that says what is wrong, without the key
 *
 * @public
 */
export function readPrivateKey(pem: string): AnchorKey {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new Error(
      'it is no private key in PEM ("-----BEGIN PRIVATE KEY-----") without a passphrase',
    );
  }
  requireEd25519(key);
  return { id: keyIdOf(createPublicKey(key)), key };
}

/**
 * The public half of a key.
 *
 * @public
 */
export function publicKeyOf({ id, key }: AnchorKey): AnchorKey {
  return { id, key: createPublicKey(key) };
}

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g;

/**
 * Reads public keys, one PEM block after another, of which each may have
 * signed.
 *
 * @throws Error that says what is wrong
 *
 * @public
 */
export function readPublicKeys(pem: string): AnchorKey[] {
  const blocks = [...pem.matchAll(pemBlock)];
  if (blocks.some(([, label]) => label.includes('PRIVATE'))) {
    throw new Error(
      'it holds a private key: only public ones are needed to verify, and whoever has the private one can sign',
    );
  }
  if (blocks.length === 0) {
    throw new Error(
      'it holds no public key in PEM ("-----BEGIN PUBLIC KEY-----")',
    );
  }
  return blocks.map(([block], at) => {
    let key: KeyObject;
    try {
      key = createPublicKey(block);
    } catch {
      throw new Error(`block ${at + 1} of it is no public key`);
    }
    requireEd25519(key);
    return { id: keyIdOf(key), key };
  });
}

/**
 * Makes a pair of keys, in PEM.
 *
 * @public
 */
export function generateAnchorKeys(): {
  id: string;
  privateKey: string;
  publicKey: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    id: keyIdOf(publicKey),
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: String(publicKey.export({ type: 'spki', format: 'pem' })),
  };
}

/**
 * Signs where the trail ends.
 *
 * @public
 */
export function signCheckpoint(
  checkpoint: Omit<Checkpoint, 'key'>,
  { id, key }: AnchorKey,
): SignedCheckpoint {
  const signed = { ...checkpoint, key: id };
  const canonical = canonicalCheckpoint(signed);
  return {
    checkpoint: signed,
    canonical,
    signature: sign(null, Buffer.from(canonical), key).toString('base64url'),
  };
}

/**
 * Whether a signature is that of a key.
 *
 * @public
 */
export async function isSignedBy(
  { canonical, signature }: SignedCheckpoint,
  { key }: AnchorKey,
): Promise<boolean> {
  const bytes = Buffer.from(signature, 'base64url');
  return (
    // One signature has one text only.
    bytes.toString('base64url') === signature &&
    verifyInPool(null, Buffer.from(canonical), key, bytes)
  );
}
