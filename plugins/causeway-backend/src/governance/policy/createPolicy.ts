import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Knex } from 'knex';
import { systemClock } from '../../estate/partitions/clock';
import { DefaultPolicyService } from './DefaultPolicyService';
import { KnexPolicyStore, type RecordPolicy } from './KnexPolicyStore';
import { parsePolicySettings } from './parsePolicySettings';
import type { PolicyEvaluator } from './PolicyEvaluator';
import { PolicyFiles } from './PolicyFiles';
import type { PolicyService } from './PolicyService';
import { WorkerPolicyEvaluator } from './WorkerPolicyEvaluator';

/** The gate's policy, wired: what is in force, and what assesses under it. */
export interface Policy {
  policies: PolicyService;
  evaluator: PolicyEvaluator;
  /** Brings the files' policy into force and warms the thread, without waiting for it. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds: a request asks three times within one. */
const rememberFor = 250;

export function createPolicy(options: {
  config: Config;
  database: Knex;
  logger: LoggerService;
  /** Puts a change of the policy in force on record, in the same transaction. */
  record?: RecordPolicy;
}): Policy {
  const { config, database, logger, record } = options;
  const settings = parsePolicySettings(config, {
    production: process.env.NODE_ENV === 'production',
  });
  const policies = new DefaultPolicyService({
    store: new KnexPolicyStore(database, { record }),
    files: new PolicyFiles(settings.files),
    settings,
    clock: systemClock,
    logger,
    rememberFor,
  });
  const evaluator = new WorkerPolicyEvaluator({
    policies,
    deadlineMs: settings.deadline,
    logger,
  });
  return {
    policies,
    evaluator,
    async start() {
      await policies.start();
      evaluator.warm();
    },
    async stop() {
      evaluator.stop();
      await policies.stop();
    },
  };
}
