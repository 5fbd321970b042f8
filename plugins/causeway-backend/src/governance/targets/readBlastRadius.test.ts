import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Ask } from '../../estate/questions/createQuestions';
import { readBlastRadius } from './readBlastRadius';

const credentials = {} as BackstageCredentials;
const entityRef = 'component:default/payment-api';

/** Answers as many services as there are, a hundred a page; each runs in two places. */
function asking(services: number) {
  const asked: object[] = [];
  const ask = (async (_question: string, input: { cursor?: string }) => {
    asked.push(input);
    const from = Number(input.cursor ?? 0);
    const until = Math.min(from + 100, services);
    return {
      root: entityRef,
      count: services,
      // Places of their own are what services do not have.
      by: { type: { 'component/service': services }, environment: {} },
      groups: Array.from({ length: until - from }, () => ({
        environment: 'production,staging',
        refs: ['component:default/x'],
      })),
      more: until < services ? String(until) : undefined,
    };
  }) as unknown as Ask;
  return { ask, asked };
}

it('counts services in each environment that they run in, over all pages', async () => {
  const { ask, asked } = asking(230);
  expect(await readBlastRadius(ask, entityRef, credentials)).toEqual({
    of: entityRef,
    total: 230,
    atLeast: false,
    byKind: { component: 230 },
    byEnvironment: { production: 230, staging: 230 },
    byOwner: {},
  });
  expect(asked).toHaveLength(3);
});

it('says that there are more where it does not look at all of them', async () => {
  const { ask } = asking(700);
  expect(await readBlastRadius(ask, entityRef, credentials)).toMatchObject({
    total: 700,
    atLeast: true,
    byEnvironment: { production: 500 },
  });
});
