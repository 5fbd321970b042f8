import type { PermissionsService } from '@backstage/backend-plugin-api';
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { batchPermissions } from './batchPermissions';

const question = (name: string) => ({
  permission: { type: 'basic' as const, name, attributes: {} },
});

function lab() {
  const calls: { names: string[]; credentials: unknown }[] = [];
  const inner = {
    async authorizeConditional(requests, { credentials }) {
      const names = requests.map(({ permission }) => permission.name);
      calls.push({ names, credentials });
      if (names.includes('broken')) {
        throw new Error('No answer');
      }
      return names.map(name => ({
        result: name === 'no' ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      }));
    },
  } as PermissionsService;
  const batched = batchPermissions(inner);
  const ask = async (credentials: never, ...names: string[]) =>
    (
      await batched.authorizeConditional(names.map(question) as never, {
        credentials,
      })
    ).map(({ result }) => result);
  return { calls, ask };
}

const ada = mockCredentials.user('user:default/ada') as never;
const eve = mockCredentials.user('user:default/eve') as never;

it('asks once for one caller, and gives each their own answers', async () => {
  const { calls, ask } = lab();
  const answers = await Promise.all([
    ask(ada, 'a', 'no'),
    ask(eve, 'no'),
    ask(ada, 'b'),
  ]);
  expect(answers).toEqual([['ALLOW', 'DENY'], ['DENY'], ['ALLOW']]);
  expect(calls).toEqual([
    { names: ['a', 'no', 'b'], credentials: ada },
    { names: ['no'], credentials: eve },
  ]);
});

it('asks anew the next time, and tells of a failure', async () => {
  const { calls, ask } = lab();
  await expect(
    Promise.all([ask(ada, 'a'), ask(ada, 'broken')]),
  ).rejects.toThrow('No answer');
  expect(await ask(ada, 'a')).toEqual(['ALLOW']);
  expect(calls.map(({ names }) => names)).toEqual([['a', 'broken'], ['a']]);
});
