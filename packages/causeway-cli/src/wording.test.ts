import { validateTree } from './testUtils';

describe('the words of findings', () => {
  it('have the article that the kind wants', async () => {
    const { findings } = await validateTree({
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: a}
spec:
  type: service
  lifecycle: production
  owner: api:a
  providesApis: ['component:b']
  consumesApis: ['resource:c']
`,
    });
    const told = findings
      .filter(({ severity }) => severity !== 'note')
      .map(({ message, help }) => `${message}. ${help}`);
    expect(told).toEqual([
      'spec.owner takes Group or User, and "api:a" is an API. Owners are groups and users: group:<name> or user:<name>.',
      'spec.providesApis takes API, and "component:b" is a Component. Refer to an API.',
      'spec.consumesApis takes API, and "resource:c" is a Resource. Refer to an API.',
    ]);
  });
});
