import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import type { KubernetesClient } from './KubernetesClient';
import { kubernetesKinds } from './kinds';
import { listPages } from './listPages';
import { ItemReader } from './readItem';

const namespaces = kubernetesKinds.find(
  kind => kind.resource === 'namespaces',
)!;

function page(names: string[], version: string, next?: string) {
  return {
    kind: 'NamespaceList',
    metadata: { resourceVersion: version, continue: next },
    items: names.map(name => ({ metadata: { name } })),
  };
}

const expired = new SourceError({
  reason: 'continue-expired',
  message: 'too old',
  expired: true,
});

const tooLarge = new SourceError({ reason: 'too-large', message: 'too large' });

/** What a listing tells, as one word a page, and what was asked for. */
async function run(answers: (object | Error)[]) {
  const asked: string[] = [];
  const client = {
    async get(path: string) {
      asked.push(path.replace('/list?limit=', ''));
      const answer = answers.shift()!;
      if (answer instanceof Error) {
        throw answer;
      }
      return answer;
    },
  } as unknown as KubernetesClient;
  const told: string[] = [];
  try {
    for await (const one of listPages({
      client,
      path: '/list',
      what: 'namespaces',
      read: new ItemReader(namespaces, []),
    })) {
      told.push(
        one.type === 'items'
          ? one.items.map(item => item.key).join('+')
          : one.type,
      );
    }
  } catch (error) {
    told.push(`failed: ${(error as SourceError).reason}`);
  }
  return { told, asked };
}

describe('listPages', () => {
  it('follows continue tokens to the end', async () => {
    expect(
      await run([
        page(['a', 'b'], '7', 't/1'),
        page([], '7', 't2'),
        page(['c'], '7'),
      ]),
    ).toEqual({
      told: ['a+b', '', 'c', 'complete'],
      asked: ['500', '500&continue=t%2F1', '500&continue=t2'],
    });
  });

  it('starts over once when a continuation expired, never with the inconsistent token', async () => {
    expect(
      await run([
        page(['a'], '7', 't'),
        expired,
        page(['a'], '9', 'u'),
        page(['b'], '9'),
      ]),
    ).toEqual({
      told: ['a', 'restart', 'a', 'b', 'complete'],
      asked: ['500', '500&continue=t', '500', '500&continue=u'],
    });
    const { told } = await run([
      page(['a'], '7', 't'),
      expired,
      page(['a'], '9', 'u'),
      expired,
    ]);
    expect(told).toEqual(['a', 'restart', 'a', 'failed: continue-expired']);
  });

  it('proves nothing when pages are of different versions', async () => {
    const { told } = await run([
      page(['a'], '7', 't'),
      page(['b'], '8'),
      page(['a'], '8', 't'),
      page(['b'], '9'),
    ]);
    expect(told).toEqual(['a', 'restart', 'a', 'failed: continue-expired']);
  });

  it('asks for less when a page is too large', async () => {
    expect(await run([tooLarge, tooLarge, page(['a'], '7')])).toEqual({
      told: ['a', 'complete'],
      asked: ['500', '100', '20'],
    });
    const { told } = await run([tooLarge, tooLarge, tooLarge]);
    expect(told).toEqual(['failed: too-large']);
  });

  it('takes null for an empty list, and nothing else', async () => {
    expect(
      (await run([{ metadata: { resourceVersion: '1' }, items: null }])).told,
    ).toEqual(['', 'complete']);
    expect((await run([{ metadata: { resourceVersion: '1' } }])).told).toEqual([
      'failed: malformed',
    ]);
    expect((await run([{ items: [] }])).told).toEqual(['failed: malformed']);
  });
});
