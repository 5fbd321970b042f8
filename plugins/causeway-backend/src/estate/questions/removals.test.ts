import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { smallEstate } from '../__testUtils__/estates';
import { eventually } from '../__testUtils__/eventually';
import { startQuestions } from '../__testUtils__/startQuestions';

jest.setTimeout(180_000);

const gone = 'resource:default/staging.payments.deployment.payment-api';
/** An estate from which the staging Deployment of payment-api went, and its catalog. */
async function startWithout(
  conditional?: (typeof AuthorizeResult)['CONDITIONAL'],
) {
  const features = conditional && [
    mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      authorizeConditional: async requests =>
        requests.map(() => ({
          result: conditional,
          pluginId: 'catalog',
          resourceType: 'catalog-entity',
          conditions: {
            rule: 'IS_ENTITY_OWNER',
            resourceType: 'catalog-entity',
            params: {},
          },
        })),
    }).factory,
  ];
  const started = await startQuestions({ features });
  started.catalog.entities = started.catalog.entities.filter(
    ({ metadata }) => !gone.endsWith(`/${metadata.name}`),
  );
  started.ingestion.set(
    smallEstate().filter(
      ({ source, key }) =>
        source !== 'staging' || key !== 'Deployment/payments/payment-api',
    ),
  );
  await eventually(async () => {
    const rows = await started.database('estate_changes').where({ ref: gone });
    expect(rows.map(({ what }) => what)).toContain('removed');
  });
  return started;
}

describe('what is gone', () => {
  it('is told to those who may read everything, in every scope that it was in', async () => {
    const { ask } = await startWithout();
    const removed = async (input: Record<string, string>) =>
      (
        await ask('list-recent-changes', { what: 'removed', ...input })
      ).changes.map(({ ref }) => ref);
    expect(await removed({})).toEqual([gone]);
    expect(await removed({ owner: 'payments' })).toEqual([gone]);
    expect(await removed({ environment: 'Staging' })).toEqual([gone]);
    expect(
      await removed({ owner: 'payments', environment: 'production' }),
    ).toEqual([]);
    expect(await removed({ owner: 'storefront' })).toEqual([]);
  });

  it('is told to nobody whose rights depend on the entity', async () => {
    const { ask } = await startWithout(AuthorizeResult.CONDITIONAL);
    const { changes } = await ask('list-recent-changes', {});
    expect(JSON.stringify(changes)).not.toContain('staging.payments');
  });
});
