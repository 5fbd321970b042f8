import { createMockDirectory } from '@backstage/backend-test-utils';
import https from 'node:https';
import type { KubernetesSourceConfig } from '../../../estate/sources/config/SourceConfig';
import { connectForWriting } from './connectForWriting';

const kubeconfig = (server: string, user: object) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });

describe('connectForWriting', () => {
  const directory = createMockDirectory();
  const source: KubernetesSourceConfig = {
    kind: 'kubernetes',
    id: 'east',
    key: 'causeway.estate.sources.kubernetes[0]',
    title: 'East',
    excludeNamespaces: [],
    access: { type: 'kubeconfig', file: directory.resolve('reader') },
  };
  beforeEach(() => {
    directory.setContent({
      reader: kubeconfig('https://east.example', {
        'client-certificate-data': Buffer.from('reader').toString('base64'),
        'client-key-data': Buffer.from('key').toString('base64'),
      }),
      same: kubeconfig('https://east.example', { token: 'operator' }),
      other: kubeconfig('https://west.example', { token: 'operator' }),
      token: 'operator\n',
    });
  });

  it.each([
    { type: 'token' as const, token: 'operator' },
    { type: 'tokenFile' as const, file: directory.resolve('token') },
  ])('takes the gate’s token at the source’s address: $type', async given => {
    const connection = await connectForWriting(source, given);
    expect(connection.server).toBe('https://east.example');
    expect(connection.headers).toEqual({ authorization: 'Bearer operator' });
    // A client certificate would win over the token: it would be the reader who writes.
    const { options } = connection.agent as https.Agent;
    expect(options).not.toHaveProperty('cert');
    expect(options).not.toHaveProperty('key');
    connection.close();
  });

  it('takes a kubeconfig that leads to the same server, and no other', async () => {
    const connection = await connectForWriting(source, {
      type: 'kubeconfig',
      file: directory.resolve('same'),
    });
    expect(connection.headers).toEqual({
      Authorization: 'Bearer operator',
    });
    connection.close();
    await expect(
      connectForWriting(source, {
        type: 'kubeconfig',
        file: directory.resolve('other'),
      }),
    ).rejects.toThrow(
      'causeway.gate.credentials.kubernetes.east.kubeconfig leads to https://west.example',
    );
  });
});
