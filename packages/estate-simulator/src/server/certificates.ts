import { generate } from 'selfsigned';

/** A certificate for the loopback addresses, made for one run. */
export interface LoopbackCertificate {
  key: string;
  cert: string;
  /** PEM of the authority that clients have to trust. */
  ca: string;
}

/**
 * Makes an authority and a server certificate signed by it: kubectl sends
 * bearer tokens over TLS alone, and checks the name.
 */
export async function createLoopbackCertificate(): Promise<LoopbackCertificate> {
  const common = { keyType: 'ec', algorithm: 'sha256' } as const;
  const authority = await generate(
    [{ name: 'commonName', value: 'estate-simulator' }],
    {
      ...common,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  );
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...common,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key: server.private, cert: server.cert, ca: authority.cert };
}
