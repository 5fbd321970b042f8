import { mockServices } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import type { Entity } from '@backstage/catalog-model';
import type {
  Assessment,
  Halt,
} from '@causeway/backstage-plugin-causeway-common';
import type { AssessmentInput } from '@causeway/backstage-plugin-causeway-common/policy';
import type { Knex } from 'knex';
import { FakeCatalog } from '../../estate/__testUtils__/startEstate';
import { DefaultGate } from '../DefaultGate';
import type { ExecutionSettings } from '../execution/ExecutionSettings';
import { Executor } from '../execution/Executor';
import type { NewAuditEntry } from '../audit/NewAuditEntry';
import type { Caller } from '../principals/Principal';
import type { GateParts } from '../requests/GateParts';
import { readHistory } from '../requests/readHistory';
import { Preparation } from '../requests/Preparation';
import { RequestJournal } from '../requests/RequestJournal';
import { RequestStore } from '../requests/RequestStore';
import { GateTelemetry } from '../telemetry/GateTelemetry';
import { Membership } from '../votes/Membership';
import { MeteredWorld } from './MeteredWorld';

/** Who belongs to which group in the lab. */
const members: Record<string, string[]> = {
  ada: ['owners'],
  ben: ['owners'],
  cleo: ['owners', 'security'],
  dan: ['security'],
  eve: ['others'],
};

function entitiesOf(who: Record<string, string[]>): Entity[] {
  const groups = [...new Set(Object.values(who).flat())];
  const entity = (kind: string, name: string, relations: string[][]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: kind === 'User' ? { profile: { email: `${name}@lab.example` } } : {},
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  });
  return [
    ...Object.entries(who).map(([name, own]) =>
      entity(
        'User',
        name,
        own.map(group => ['memberOf', `group:default/${group}`]),
      ),
    ),
    ...groups.map(group =>
      entity(
        'Group',
        group,
        Object.keys(who)
          .filter(name => who[name].includes(group))
          .map(name => ['hasMember', `user:default/${name}`]),
      ),
    ),
  ];
}

/** A catalog of the people of the lab. */
export function labCatalog(): FakeCatalog {
  const catalog = new FakeCatalog();
  catalog.entities = entitiesOf(members);
  return catalog;
}

/** A person of the lab, as the gate is called. */
export function person(name: string, actor?: string): Caller {
  return {
    principal: {
      kind: 'user',
      ref: `user:default/${name}`,
      actor,
      session: 'interactive',
    },
    entrance: actor ? 'mcp' : 'rest',
  };
}

/** An assessment that asks for two people, one of them of security. */
export function review(change: Partial<Assessment> = {}): Assessment {
  return {
    at: 0,
    outcome: 'review',
    tier: 2,
    risk: { name: 'all', title: 'All', level: 'high' },
    decidedBy: 'policy/lab',
    summary: 'People decide',
    policyHash: 'lab',
    rules: [],
    doubts: [],
    limits: [],
    approval: {
      count: 2,
      required: [{ group: 'group:default/security', count: 1 }],
      approvers: ['group:default/owners', 'group:default/security'],
      presence: false,
      decideWithin: 60_000,
      executeWithin: 60_000,
      commentOnDeny: false,
    },
    refusals: [],
    verification: { soakMs: 0, autoRollback: false },
    ...change,
  };
}

/** An assessment that lets it run at once. */
export function run(change: Partial<Assessment> = {}): Assessment {
  return review({
    outcome: 'run',
    tier: 1,
    summary: 'Within bounds',
    ...change,
  });
}

/**
 * The gate on a database over a world of dials: store, votes, execution and
 * clocks are the real ones, and time, policy and people are the test's.
 */
export function createGateLab(
  database: Knex,
  options: {
    worker?: string;
    world?: MeteredWorld;
    settings?: Partial<ExecutionSettings>;
  } = {},
) {
  const world = options.world ?? new MeteredWorld();
  const catalog = labCatalog();
  const lab = {
    now: 1_000_000,
    judge: (_input: AssessmentInput): Assessment => review(),
    policyHash: 'lab',
    halts: [] as Halt[],
    untrusted: [] as string[],
    spread: { targets: 10_000, withinMs: 60_000 },
    trail: [] as NewAuditEntry[],
    reserved: new Map<string, number>(),
    policyChanged: () => {},
    /** Moves people between groups. */
    setMembers(changed: Record<string, string[]>) {
      catalog.entities = entitiesOf({ ...members, ...changed });
    },
  };
  const halting = (scopes: readonly string[]) =>
    lab.halts.find(({ scope }) => scope === 'all' || scopes.includes(scope));
  const store = new RequestStore(database);
  const audit = {
    append: async (_trx: unknown, entries: readonly NewAuditEntry[]) => {
      lab.trail.push(...entries);
    },
  };
  const operations = [
    world.operation('turn', true),
    world.operation('turn-once', false),
  ];
  const policy: GateParts['policy'] = {
    assess: async input => ({
      ...lab.judge(input),
      at: lab.now,
      policyHash: lab.policyHash,
    }),
    isNoStricter: (before, after) => {
      const order = ['run', 'review', 'manual', 'refuse'];
      return (
        order.indexOf(after.outcome) <= order.indexOf(before.outcome) &&
        after.approval.count <= before.approval.count
      );
    },
    view: async () => ({
      hash: lab.policyHash,
      origin: 'lab',
      since: 0,
      document: {},
      faults: [],
    }),
    hashIn: async () => lab.policyHash,
    limits: async () => ({
      requestsPerMinute: 100,
      assessmentsPerMinute: 100,
      openRequests: 100,
      openPerTarget: 100,
      repetition: { count: 100, withinMs: 1 },
      coolDownMs: 0,
      spread: lab.spread,
    }),
    minimumSamples: async () => 5,
    budgets: async () => [],
    onChange: listener => {
      lab.policyChanged = listener;
      return () => {};
    },
  };
  const budget: GateParts['budget'] = {
    spent: async () => ({}),
    reserve: async (_trx, { requestId, amountPerHour }) => {
      lab.reserved.set(requestId, amountPerHour);
      return [];
    },
    release: async (_trx, requestId) => Number(lab.reserved.delete(requestId)),
  };
  const records: GateParts['records'] = {
    record: async ({ agent, operation, environment }) => ({
      agent,
      operation,
      environment,
      right: 0,
      of: 0,
      minimum: 5,
    }),
    addFeedback: async () => true,
    addOutcome: async () => true,
  };
  const targets: GateParts['targets'] = {
    read: async ref => {
      const target = world.target(ref);
      return target && { target, contested: false, health: 'healthy' };
    },
  };
  const auth = mockServices.auth();
  const membership = new Membership({
    catalog,
    auth,
    nested: false,
    trusts: () => true,
  });
  const running: { executor?: Executor } = {};
  const parts: GateParts = {
    database,
    store,
    journal: new RequestJournal(store, audit),
    preparation: new Preparation({
      targets,
      policy,
      records,
      ask: async () => {
        throw new NotFoundError('The lab has no graph');
      },
      auth,
      logger: mockServices.logger.mock(),
      trusts: name => !lab.untrusted.includes(name),
      readHistory: async asked => ({
        ...(await readHistory(database, asked)),
        failures: 0,
      }),
      patience: 5_000,
      rememberFor: 0,
    }),
    targets,
    operations: {
      get: name => operations.find(one => one.name === name),
      hash: name => `hash of ${name}`,
      describe: () => [],
    },
    policy,
    membership,
    acquaintance: membership,
    budget,
    records,
    admission: {
      lock: async () => {},
      admit: async () => ({ admitted: true }),
      admitAssessment: async () => ({ admitted: true }),
      denied: async () => {},
    },
    idempotency: {
      find: async () => undefined,
      claim: async () => undefined,
    },
    halts: {
      list: async () => lab.halts,
      check: async (_trx, scopes) => halting(scopes),
      find: async (_trx, scopes) => halting(scopes),
      halt: async (_trx, halt) => {
        lab.halts.push(halt);
        return true;
      },
      resume: async (_trx, { scope }) => {
        const before = lab.halts.length;
        lab.halts = lab.halts.filter(halt => halt.scope !== scope);
        return lab.halts.length < before;
      },
    },
    audit,
    announcer: { changed: () => {} },
    telemetry: new GateTelemetry(),
    settings: {
      agents: [],
      subjects: [{ name: 'scaler' }],
      reconcilers: ['group:default/security'],
      auditors: ['group:default/security'],
      halters: ['group:default/security'],
      portal: 'http://portal/causeway',
    },
    logger: mockServices.logger.mock(),
    now: async () => lab.now,
    wake: () => running.executor?.wake(),
  };
  const executor = new Executor(parts, {
    worker: options.worker ?? 'lab',
    settings: { verifyEvery: 1_000, ...options.settings },
  });
  running.executor = executor;
  return Object.assign(lab, {
    parts,
    world,
    catalog,
    executor,
    gate: new DefaultGate(parts),
  });
}

export type GateLab = ReturnType<typeof createGateLab>;
