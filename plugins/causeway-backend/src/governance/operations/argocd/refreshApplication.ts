import {
  asNothingWritten,
  beforeWriting,
  createOperation,
  type Operation,
  OutcomeUnknown,
} from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';
import { ApiFailure } from '../clients/ApiFailure';
import { asRefusal } from '../clients/refusals';
import type { OperationParts } from '../shared/OperationParts';
import { noCost } from '../shared/price';
import { type ApplicationState, readState } from './applicationState';
import { operatorRights } from './beginOperation';
import {
  bindApplication,
  boundAddress,
  requireSame,
  targetAddress,
} from './bindApplication';
import { refreshApplicationExamples } from './refreshApplication.examples';
import { readPlanned } from './rollBackTo';

/** Only whose it is: a refresh looks at whatever is there. */
const fields = ({ project }: ApplicationState) => ({ project });

/** Lets Argo CD look at Git and the cluster again. */
export function createRefreshApplication(parts: OperationParts): Operation {
  return createOperation({
    name: 'refresh-application',
    version: '1',
    title: 'Refresh an application',
    description:
      'Lets Argo CD compare an application with Git again. A hard refresh also makes the manifests anew. It changes nothing by itself; an application that syncs by itself then deploys what is new.',
    class: 'application',
    capability: 'application-refresh',
    targetTypes: ['argocd-application'],
    effects: ['Lets Argo CD read Git and the cluster again'],
    idempotent: true,
    input: z.strictObject({
      refresh: z
        .enum(['normal', 'hard'])
        .default('normal')
        .describe('hard: without cached manifests'),
    }),
    examples: refreshApplicationExamples,

    bind: ({ target, signal }) =>
      bindApplication({ clients: parts.plan, target, fields, signal }),

    plan: async ({ input, binding, target, signal }) => {
      const address = targetAddress(target);
      const state = requireSame(
        binding,
        await parts.plan
          .argocd(binding.source, signal)
          .findApplication(address),
        binding.fieldsHash,
        fields,
      );
      return {
        summary: `Let Argo CD compare ${address.name} again${input.refresh === 'hard' ? ', with manifests made anew' : ''}`,
        changes: [],
        quantities: [],
        warnings: state.automated
          ? ['It syncs by itself: what is new in Git is deployed at once']
          : [],
        disruptive: false,
        dryRun: { done: false, why: 'It only looks' },
        bound: { project: address.project },
      };
    },

    estimate: async () => noCost(parts.prices),

    execute: async ({ input, binding, plan, signal }) => {
      const address = boundAddress(binding, plan);
      const client = await beforeWriting(async () => {
        const pair = parts.write.argocd(binding.source, signal);
        requireSame(
          binding,
          await pair.client.findApplication(address),
          binding.fieldsHash,
          fields,
        );
        signal.throwIfAborted();
        return pair.client;
      });
      try {
        const { uid, sync } = readState(
          await client.refresh(address, input.refresh),
        );
        return { message: `Argo CD looked: ${sync}`, left: { uid } };
      } catch (error) {
        throw error instanceof ApiFailure && error.tookEffect === 'no'
          ? asNothingWritten(asRefusal(error, { rights: operatorRights }))
          : new OutcomeUnknown(
              `Whether Argo CD compared ${address.name} is not known: ${(error as Error).message}`,
              error,
            );
      }
    },

    verify: async ({ binding, plan, signal }) => {
      const state = await readPlanned(parts, binding, plan, signal);
      if (!state) {
        return {
          state: 'failed',
          message: `Application ${binding.name} was deleted`,
        };
      }
      return state.comparisonError
        ? {
            state: 'failed',
            message: `Argo CD cannot compare: ${state.comparisonError}`,
          }
        : { state: 'healthy', message: `It is ${state.sync}` };
    },
  });
}
