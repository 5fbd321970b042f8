import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Assessment,
  AssessmentPreview,
  Binding,
  BlastRadius,
  CostEstimate,
  Doubt,
  Plan,
  Recommendation,
  Requester,
  RequestTarget,
  SourcedValue,
} from '@causeway/backstage-plugin-causeway-common';
import type {
  AssessmentInput,
  TargetAttributes,
} from '@causeway/backstage-plugin-causeway-common/policy';
import {
  type Operation,
  type OperationTarget,
  OperationRefusal,
} from '@causeway/backstage-plugin-causeway-node';
import type { Ask } from '../../estate/questions/createQuestions';
import type { CalibrationStore } from '../agents/CalibrationStore';
import type { ActivePolicy } from '../ports';
import { readBlastRadius } from '../targets/readBlastRadius';
import { RecentBlastRadius } from '../targets/RecentBlastRadius';
import type { ReadTarget, TargetReader } from '../targets/TargetReader';
import { findDiscrepancies } from './findDiscrepancies';
import { missingEvidence } from './missingEvidence';
import type { AskedHistory, History } from './readHistory';

/** What a request is worked out from. */
export interface PreparationOptions {
  targets: Pick<TargetReader, 'read'>;
  policy: ActivePolicy;
  records: Pick<CalibrationStore, 'record'>;
  ask: Ask;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  logger: LoggerService;
  /** Whether an operation may ever run without people, as far as it is told by whose it is. */
  trusts(operation: string): boolean;
  readHistory(asked: AskedHistory): Promise<History>;
  /** Milliseconds that an operation may take to bind, plan and estimate. */
  patience: number;
  /** Milliseconds for which it is remembered what depends on a service; a request that is judged again reads it anew. */
  rememberFor: number;
}

/** What is asked, as far as it is known before anything was read. */
export interface Asked {
  operation: Operation;
  /** Parsed. */
  input: JsonObject;
  target: ReadTarget;
  requester: Requester;
  requesterGroups: readonly string[];
  /** Key of the agent that asks, and whether configuration names it. */
  agent?: { key: string; registered: boolean };
  recommendation?: Recommendation;
  /** The request that is judged again: what it holds of budgets already does not count twice. */
  requestId?: string;
  /** Epoch milliseconds, database time. */
  now: number;
}

/** A request as far as it can be worked out without writing anything. */
export interface Prepared extends AssessmentPreview {
  binding?: Binding;
}

/** Milliseconds in which failures count as recent. */
const recently = 24 * 60 * 60_000;

const attributesOf = (
  origin: SourcedValue['origin'],
  { owner, environment }: OperationTarget,
): TargetAttributes => ({
  ...(owner?.origin === origin && { owner: owner.value, tenant: owner.value }),
  ...(environment?.origin === origin && { environment: environment.value }),
});

/** The target as the request keeps and tells it. */
export function toRequestTarget({
  target,
  contested,
}: ReadTarget): RequestTarget {
  const { owner, environment } = target;
  const platform = (value: SourcedValue | undefined) =>
    value?.origin === 'platform' ? value.value : undefined;
  return {
    entityRef: target.entityRef,
    title: target.title,
    type: target.type,
    owner: platform(owner),
    environment: platform(environment),
    claims: Object.entries({ owner, environment }).flatMap(
      ([attribute, told]) =>
        told && told.origin !== 'platform'
          ? [{ attribute, value: told.value, origin: told.origin }]
          : [],
    ),
    source: target.source,
    freshness: target.freshness,
    contested,
  };
}

/** Binds, plans, estimates and assesses: everything about a request that writes nothing. */
export class Preparation {
  readonly #options: PreparationOptions;
  readonly #recent: RecentBlastRadius;

  constructor(options: PreparationOptions) {
    this.#options = options;
    this.#recent = new RecentBlastRadius({
      maxAge: options.rememberFor,
      now: () => performance.now(),
    });
  }

  async prepare(asked: Asked): Promise<Prepared> {
    const { target } = asked;
    const doubts: Doubt[] = [];
    let worked:
      { binding: Binding; plan: Plan; cost: CostEstimate } | undefined;
    let refusal: OperationRefusal | undefined;
    try {
      worked = await this.#work(asked);
    } catch (error) {
      if (error instanceof OperationRefusal) {
        refusal = error;
      } else {
        throw error;
      }
    }
    const blastRadius = await this.#readBlastRadius(asked);
    if (!blastRadius) {
      doubts.push({
        code: 'blast-radius-unknown',
        message: 'The catalog does not tell what depends on the target',
      });
    }
    const discrepancies =
      worked && asked.recommendation
        ? findDiscrepancies(asked.recommendation, worked.plan)
        : [];
    if (discrepancies.length > 0) {
      doubts.push({
        code: 'recommendation-differs',
        message: discrepancies.join('; '),
      });
    }
    if (!this.#options.trusts(asked.operation.name)) {
      doubts.push({
        code: 'operation-untrusted',
        message:
          'It comes from another plugin, and causeway.gate.trustedOperations does not name it',
      });
    }
    if (worked?.plan.bound?.pinned === 'no') {
      doubts.push({
        code: 'source-unpinned',
        message:
          'The application follows a branch, not a commit: what it holds next can be anything (a person has to look)',
      });
    }
    const assessment = await this.#assess(
      asked,
      await this.#toInput(asked, { ...worked, blastRadius, doubts }),
    );
    return {
      target: toRequestTarget(target),
      ...worked,
      blastRadius,
      discrepancies,
      assessment: refusal ? refuse(assessment, refusal) : assessment,
    };
  }

  #readBlastRadius({
    target: { target, serviceRef },
    requestId,
  }: Asked): Promise<BlastRadius | undefined> {
    // What depends on a service depends on the places where it runs.
    const of = serviceRef ?? target.entityRef;
    const { ask, auth } = this.#options;
    const read = async () =>
      readBlastRadius(ask, of, await auth.getOwnServiceCredentials());
    return requestId === undefined ? this.#recent.get(of, read) : read();
  }

  /** An agent's record is one a risk tier, so policy is asked for the tier first. */
  async #assess(asked: Asked, input: AssessmentInput): Promise<Assessment> {
    const { policy, records } = this.#options;
    const first = await policy.assess(input);
    if (!asked.agent || !input.agent) {
      return first;
    }
    const record = await records.record({
      agent: asked.agent.key,
      operation: asked.operation.name,
      risk: first.risk.name,
      environment: input.target.environment,
      minimum: await policy.minimumSamples(),
    });
    return record.of === 0
      ? first
      : policy.assess({ ...input, agent: { ...input.agent, record } });
  }

  async #work({ operation, input, target: { target } }: Asked) {
    const signal = AbortSignal.timeout(this.#options.patience);
    const binding = await operation.bind({ signal, input, target });
    const plan = await operation.plan({ signal, input, target, binding });
    const cost = await operation.estimate({
      signal,
      input,
      target,
      binding,
      plan,
    });
    return { binding, plan, cost };
  }

  async #toInput(
    asked: Asked,
    found: {
      plan?: Plan;
      cost?: CostEstimate;
      blastRadius?: BlastRadius;
      doubts: Doubt[];
    },
  ): Promise<AssessmentInput> {
    const { operation, requester, now, agent, recommendation } = asked;
    const { target, health, sync, contested } = asked.target;
    const { plan, cost, blastRadius, doubts } = found;
    const { policy, readHistory } = this.#options;
    const [limits, budgets] = await Promise.all([
      policy.limits(),
      policy.budgets(),
    ]);
    const { failures, spread, spent } = await readHistory({
      requester: requester.ref,
      target: target.entityRef,
      at: now,
      failedSince: now - recently,
      limits,
      budgets,
      requestId: asked.requestId,
    });
    return {
      request: {
        operation: operation.name,
        version: operation.version,
        class: operation.class,
        capability: operation.capability,
        input: asked.input,
        requester: {
          ref: requester.ref,
          kind: requester.kind,
          agent: agent !== undefined,
          groups: [...asked.requesterGroups],
          spread,
        },
        entrance: requester.entrance,
      },
      change: {
        // A decrease takes nothing of a limit, and earns no credit.
        cost: cost?.delta === undefined ? undefined : Math.max(0, cost.delta),
        currency: cost?.currency ?? 'USD',
        disruptive: plan?.disruptive ?? true,
        reversible: plan?.rollback !== undefined,
        dryRun: plan?.dryRun.done ?? false,
        quantities: Object.fromEntries(
          (plan?.quantities ?? []).map(
            ({ name, current, proposed, baseline }) => [
              name,
              {
                current,
                proposed,
                baseline,
                factor: baseline ? proposed / baseline : undefined,
              },
            ],
          ),
        ),
        paths: (plan?.changes ?? []).map(({ path }) => path),
      },
      target: {
        ...attributesOf('platform', target),
        entityRef: target.entityRef,
        kind: target.kind,
        type: target.type,
        name: target.name,
        source: target.source,
        // Without a plan the operation refused already, and says why.
        managed: plan
          ? (plan.managedByGit ?? target.application !== undefined)
          : false,
      },
      live: attributesOf('live', target),
      claimed: attributesOf('claimed', target),
      estate: {
        fresh: target.freshness.state === 'fresh',
        contested,
        health,
        sync,
        blastRadius: {
          total: blastRadius?.total ?? 0,
          environments: Object.keys(blastRadius?.byEnvironment ?? {}),
          owners: Object.keys(blastRadius?.byOwner ?? {}),
          complete: blastRadius !== undefined && !blastRadius.atLeast,
        },
        recentFailures: failures,
        facts: target.facts,
      },
      agent: agent && {
        id: agent.key,
        registered: agent.registered,
        confidence: recommendation?.confidence,
        record: { right: 0, of: 0 },
        missing: missingEvidence(recommendation),
      },
      budget: spent,
      time: { now },
      doubts,
    };
  }
}

/** An operation that will not do it stands above every rule. */
export function refuse(
  assessment: Assessment,
  { code, message, hint }: OperationRefusal,
): Assessment {
  return {
    ...assessment,
    outcome: 'refuse',
    decidedBy: `operation/${code}`,
    summary: message,
    rules: [
      { rule: `operation/${code}`, effect: 'refuse', reason: message },
      ...assessment.rules,
    ],
    refusals: [{ reason: message, hint }, ...assessment.refusals],
  };
}
