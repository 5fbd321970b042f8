import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  createTestDatabases,
  databaseId,
  migrate,
} from '../../estate/__testUtils__/testDatabases';
import { PolicyFile, policyText } from './__testUtils__/policyFiles';
import { DefaultPolicyService } from './DefaultPolicyService';
import { KnexPolicyStore } from './KnexPolicyStore';
import { PolicyFiles } from './PolicyFiles';
import type { PolicyRow, PolicyStore } from './PolicyStore';

const delay = 10 * 60_000;

/** The real store with a clock that can be moved. */
class MovedStore implements PolicyStore {
  ahead = 0;

  readonly #store: PolicyStore;

  constructor(store: PolicyStore) {
    this.#store = store;
  }

  async read() {
    const { row, now } = await this.#store.read();
    return { row, now: now + this.ahead };
  }

  revision() {
    return this.#store.revision();
  }

  wasInForce(hash: string) {
    return this.#store.wasInForce(hash);
  }

  replace(before: number | undefined, row: PolicyRow) {
    return this.#store.replace(before, row);
  }
}

describe(`policy in force on ${databaseId}`, () => {
  const databases = createTestDatabases();
  let knex: Knex;
  let store: MovedStore;
  const files: PolicyFile[] = [];

  beforeEach(async () => {
    knex = await databases.init(databaseId);
    await migrate(knex);
    store = new MovedStore(new KnexPolicyStore(knex));
  });

  afterEach(() => files.splice(0).forEach(file => file.remove()));

  function fileOf(text: string): PolicyFile {
    const file = new PolicyFile(text);
    files.push(file);
    return file;
  }

  function replica(paths: string[], looseningDelay = delay) {
    return new DefaultPolicyService({
      store,
      files: new PolicyFiles(paths),
      settings: { poll: 5000, looseningDelay },
      clock: { sleep: () => new Promise(() => {}) },
      logger: mockServices.logger.mock(),
    });
  }

  const countOf = async (service: DefaultPolicyService) =>
    (await service.current()).compiled.document.spec.riskTiers[0]?.approval
      .count;

  it('lets people approve everything where there is no policy', async () => {
    const service = replica([]);
    const { view, compiled, tier1Stopped } = await service.current();
    expect(view).toMatchObject({ origin: 'built in', hash: compiled.hash });
    expect(compiled.document.spec.riskTiers).toEqual([]);
    expect(tier1Stopped).toBeUndefined();
  });

  it('takes the first policy and a tighter one at once, a looser one after the delay', async () => {
    const file = fileOf(policyText({ count: 2 }));
    const service = replica([file.path]);
    await service.look();
    expect(await countOf(service)).toBe(2);

    file.write(policyText({ count: 3 }));
    await service.look();
    expect(await countOf(service)).toBe(3);

    file.write(policyText({ count: 1 }));
    await service.look();
    expect(await countOf(service)).toBe(3);
    const { view } = await service.current();
    expect(view.announced?.from).toBeGreaterThan(view.since);
    expect(view.announced?.document).toMatchObject({
      spec: { riskTiers: [{ approval: { count: 1 } }] },
    });

    store.ahead = delay - 5000;
    await service.look();
    expect(await countOf(service)).toBe(3);
    store.ahead = delay + 5000;
    await service.look();
    expect(await countOf(service)).toBe(1);
    expect((await service.current()).view.announced).toBeUndefined();
  });

  it('holds an older policy back even where it is tighter', async () => {
    const strict = policyText({ count: 2, freeze: true });
    const file = fileOf(strict);
    const service = replica([file.path]);
    await service.look();
    file.write(policyText({ count: 2 }));
    await service.look();
    store.ahead = delay + 5000;
    await service.look();
    const { view } = await service.current();
    expect(view.document).toMatchObject({ spec: { freezes: [] } });

    file.write(strict);
    await service.look();
    const after = await service.current();
    expect(after.view.hash).toBe(view.hash);
    expect(after.view.announced).toBeDefined();
  });

  it('knows one policy where two replicas have two files', async () => {
    const one = fileOf(policyText({ count: 2 }));
    const other = fileOf(policyText({ count: 1 }));
    const a = replica([one.path]);
    const b = replica([other.path]);
    await Promise.all([a.look(), b.look()]);
    const seen = new Set<string>();
    for (let round = 0; round < 8; round += 1) {
      store.ahead += delay / 3;
      await Promise.all([a.look(), b.look()]);
      const [first, second] = await Promise.all([a.current(), b.current()]);
      expect(first.view).toEqual(second.view);
      expect(first.compiled.hash).toBe(first.view.hash);
      seen.add(first.view.hash);
    }
    // They do not take turns: the looser one comes once, and stays.
    expect(seen.size).toBeLessThanOrEqual(2);
    const hash = (await a.current()).view.hash;
    store.ahead += 10 * delay;
    await Promise.all([a.look(), b.look()]);
    expect((await b.current()).view.hash).toBe(hash);
  });

  it('drops what was announced when nobody has it any more', async () => {
    const one = fileOf(policyText({ count: 2 }));
    const other = fileOf(policyText({ count: 1 }));
    const a = replica([one.path]);
    const b = replica([other.path]);
    await a.look();
    await b.look();
    expect((await a.current()).view.announced).toBeDefined();
    // b is gone; a has looked all the time.
    store.ahead = delay + 1;
    await a.look();
    expect(await countOf(a)).toBe(2);
    expect((await a.current()).view.announced).toBeUndefined();
  });

  it('stops tier 1 everywhere while a newer policy is broken', async () => {
    const one = fileOf(policyText({ count: 2 }));
    const other = fileOf(policyText({ count: 2 }));
    const a = replica([one.path]);
    const b = replica([other.path]);
    await a.look();
    await b.look();
    const heard: (string | undefined)[] = [];
    b.onChange(({ tier1Stopped }) => heard.push(tier1Stopped));

    one.write(policyText({ count: 3 }).replace('count', 'cuont'));
    await a.look();
    await b.look();
    for (const service of [a, b]) {
      const { tier1Stopped, view } = await service.current();
      expect(tier1Stopped).toContain(
        'policy.yaml:10:18 There is no field "cuont" here',
      );
      expect(view.invalid?.message).toContain('cuont');
      expect(await countOf(service)).toBe(2);
    }

    one.write(policyText({ count: 3 }));
    await a.look();
    await b.look();
    expect((await b.current()).tier1Stopped).toBeUndefined();
    expect(await countOf(b)).toBe(3);
    expect(heard).toEqual([expect.stringContaining('cuont'), undefined]);
  });

  it('begins with the built-in policy where the first one is broken', async () => {
    const service = replica([fileOf('kind: Policy\n').path]);
    await service.look();
    const { view, tier1Stopped } = await service.current();
    expect(view.origin).toBe('built in');
    expect(tier1Stopped).toContain('apiVersion');
    const missing = replica(['/no/such/policy.yaml']);
    await missing.look();
    expect((await missing.current()).tier1Stopped).toContain('ENOENT');
  });

  it('takes up a change of words at once and puts it on record', async () => {
    const recorded: string[] = [];
    store = new MovedStore(
      new KnexPolicyStore(knex, {
        record: async (tx, { hash }) => {
          expect(await tx('gate_policy').first()).toMatchObject({ hash });
          recorded.push(hash);
        },
      }),
    );
    const file = fileOf(policyText({ count: 2 }));
    const service = replica([file.path]);
    await service.look();
    await service.look();
    file.write(policyText({ count: 2, title: 'In production' }));
    await service.look();
    const { view } = await service.current();
    expect(view.document).toMatchObject({
      spec: { riskTiers: [{ title: 'In production' }] },
    });
    expect(recorded).toHaveLength(2);
    expect(recorded[1]).toBe(view.hash);
  });
});
