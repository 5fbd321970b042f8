import { SourceError } from '@causeway/backstage-plugin-causeway-node';
import { QueryTooExpensiveError } from './classifyGithub';
import { PageSize, readConnection } from './readConnection';

function connection(nodes: unknown[], totalCount: number, endCursor?: string) {
  return {
    totalCount,
    nodes,
    pageInfo: { hasNextPage: endCursor !== undefined, endCursor },
  };
}

async function run(answers: (object | Error)[], pageSize = new PageSize(50)) {
  const asked: (number | string)[][] = [];
  const nodes: unknown[] = [];
  let failure: string | undefined;
  try {
    for await (const page of readConnection({
      what: 'things',
      pageSize,
      fetch: async ({ first, after }) => {
        asked.push(after ? [first, after] : [first]);
        const answer = answers.shift();
        if (answer instanceof Error) {
          throw answer;
        }
        return answer;
      },
    })) {
      nodes.push(...page.nodes);
    }
  } catch (error) {
    failure = (error as SourceError).reason;
  }
  return { asked, nodes, failure };
}

const expensive = new QueryTooExpensiveError({
  reason: 'timeout',
  message: 'too expensive',
});

describe('readConnection', () => {
  it('pages to the end, hidden nodes counted', async () => {
    expect(
      await run([connection([1, null], 3, 'x'), connection([3], 3)]),
    ).toEqual({
      asked: [[50], [50, 'x']],
      nodes: [1, null, 3],
      failure: undefined,
    });
  });

  it('asks for less when GitHub finds it too expensive, and for more again later', async () => {
    const { asked, failure } = await run([
      connection([1], 4, 'a'),
      expensive,
      expensive,
      connection([2], 4, 'b'),
      connection([3], 4, 'c'),
      connection([4], 4),
    ]);
    expect(failure).toBeUndefined();
    expect(asked).toEqual([
      [50],
      [50, 'a'],
      [25, 'a'],
      [12, 'a'],
      [17, 'b'],
      [22, 'c'],
    ]);
  });

  it('gives up at the smallest page', async () => {
    const { asked, failure } = await run(Array(9).fill(expensive));
    expect(asked.flat()).toEqual([50, 25, 12, 6, 5]);
    expect(failure).toBe('timeout');
  });

  it('leaves silence to the next attempt, which asks for less', async () => {
    const pageSize = new PageSize(50);
    const silent = new SourceError({ reason: 'timeout', message: 'silent' });
    expect((await run([silent], pageSize)).failure).toBe('timeout');
    expect((await run([connection([], 0)], pageSize)).asked).toEqual([[25]]);
  });

  it.each([
    ['fewer than counted', [connection([1], 2)], 'truncated'],
    ['no way to the next page', [connection([1], 2, '')], 'truncated'],
    ['no pages', [{ nodes: [] }], 'malformed'],
    ['nothing', [undefined as unknown as object], 'malformed'],
  ])('proves nothing with %s', async (_name, answers, reason) => {
    expect((await run(answers)).failure).toBe(reason);
  });
});
