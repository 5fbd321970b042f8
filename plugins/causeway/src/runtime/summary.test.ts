import { createEntityEstate } from '../testing/entityEstate';
import { sortInstances, summarizeByEnvironment } from './summary';

const { instances } = createEntityEstate();

describe('summarizeByEnvironment', () => {
  it('says the worst of each environment, production first', () => {
    expect(summarizeByEnvironment(instances)).toEqual([
      {
        environment: 'production',
        places: 2,
        versions: ['2.14.1'],
        ready: 10,
        desired: 12,
        health: 'degraded',
        scheduled: false,
        outOfSync: true,
        stale: true,
      },
      expect.objectContaining({
        environment: 'staging',
        health: 'progressing',
        stale: false,
      }),
      expect.objectContaining({ environment: 'development', desired: 1 }),
    ]);
  });

  it('puts instances without an environment last', () => {
    const [first, ...others] = instances;
    const lines = summarizeByEnvironment([
      { ...first, environment: undefined, replicas: undefined },
      ...others,
    ]);
    expect(lines[lines.length - 1]).toMatchObject({
      environment: undefined,
      ready: 0,
      desired: 0,
    });
  });
});

describe('a CronJob beside a service', () => {
  const [service] = instances;
  const nightly = { ...service, workloadKind: 'CronJob', replicas: undefined };

  it('neither hides how the service is nor makes it scheduled', () => {
    expect(
      summarizeByEnvironment([service, { ...nightly, health: 'unknown' }]),
    ).toEqual([
      expect.objectContaining({ health: 'healthy', scheduled: false }),
    ]);
  });
});

describe('sortInstances', () => {
  it('orders by environment, then cluster', () => {
    expect(sortInstances(instances).map(({ cluster }) => cluster)).toEqual([
      'production-eu',
      'production-us',
      'staging',
      'development',
    ]);
  });
});
