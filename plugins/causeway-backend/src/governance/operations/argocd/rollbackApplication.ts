import {
  createOperation,
  type Operation,
  OperationRefusal,
} from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';
import { hashCanonical } from '../../hashCanonical';
import type { OperationParts } from '../shared/OperationParts';
import { deployedFields, deployedOf, specFields } from './applicationState';
import { bindApplication, requireSame, targetAddress } from './bindApplication';
import { noDryRun } from './planSync';
import { requireNoAutomatedSync } from './requireNoAutomatedSync';
import { rollbackApplicationExamples } from './rollbackApplication.examples';
import { readPlanned, rollBackTo, undoDeployment } from './rollBackTo';
import { verifyDeployment } from './verifyDeployment';

const input = z.strictObject({
  id: z
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .describe("Id of a deployment in the application's history"),
  prune: z
    .boolean()
    .describe(
      'Whether resources that the former deployment did not have are deleted; there is no default',
    ),
});

/** Deploys once more what was deployed before. */
export function createRollbackApplication(parts: OperationParts): Operation {
  return createOperation({
    name: 'rollback-application',
    version: '1',
    title: 'Roll back an application',
    description:
      'Lets Argo CD deploy a former entry of an application’s history. Git still says otherwise until somebody changes it. Argo CD refuses it with automated sync.',
    class: 'application',
    capability: 'application-rollback',
    targetTypes: ['argocd-application'],
    effects: ['Applies the manifests of a former deployment to the cluster'],
    idempotent: false,
    input,
    examples: rollbackApplicationExamples,

    bind: ({ target, signal }) =>
      bindApplication({
        clients: parts.plan,
        target,
        fields: deployedFields,
        signal,
      }),

    plan: async ({ input: { id, prune }, binding, target, signal }) => {
      const address = targetAddress(target);
      const state = requireSame(
        binding,
        await parts.plan
          .argocd(binding.source, signal)
          .findApplication(address),
        binding.fieldsHash,
        deployedFields,
      );
      requireNoAutomatedSync(state.automated, {
        name: address.name,
        what: 'Argo CD refuses to roll it back, for it would sync again at once',
        hint: 'Revert the commit in Git: Argo CD brings the former state back by itself',
      });
      const deployed = deployedOf(state);
      const wanted = state.history.find(entry => entry.id === id);
      if (!wanted || !deployed) {
        throw new OperationRefusal({
          code: 'no-such-deployment',
          reason: `${address.name} has no deployment ${id} in its history`,
          hint: state.history.length
            ? `It has ${state.history.map(entry => entry.id).join(', ')}`
            : 'It has never been deployed',
        });
      }
      if (wanted.id === deployed.id) {
        throw new OperationRefusal({
          code: 'nothing-to-do',
          reason: `Deployment ${id} is what ${address.name} has now`,
          hint: 'Name a former one',
        });
      }
      const change = {
        path: 'status.history',
        label: 'Deployed commit',
        before: deployed.revision,
        after: wanted.revision,
      };
      return {
        summary: `Roll ${address.name} back to deployment ${id}, ${wanted.revision.slice(0, 12)}`,
        changes: [change],
        quantities: [],
        warnings: [
          'Git still says otherwise: the application stays out of sync, and the next sync undoes it',
          ...(prune
            ? ['Resources that the former deployment did not have are deleted']
            : []),
        ],
        rollback: {
          summary: `Deploy ${deployed.id} once more`,
          changes: [
            { ...change, before: wanted.revision, after: deployed.revision },
          ],
        },
        disruptive: true,
        dryRun: noDryRun,
        bound: {
          project: address.project,
          revision: wanted.revision,
          previous: String(deployed.id),
        },
      };
    },

    estimate: async () => ({
      currency: parts.prices.currency,
      parts: [],
      unknown:
        'What a former deployment asked for is not compared: it may ask for more than the present one',
    }),

    execute: async ({ input: { id, prune }, binding, plan, signal }) => {
      const { state, revision } = await rollBackTo({
        parts,
        binding,
        plan,
        id,
        prune,
        signal,
        expected: binding.fieldsHash,
        fields: deployedFields,
        check: () => {},
      });
      return {
        message: `Argo CD deploys ${revision} once more`,
        left: {
          uid: state.uid,
          specHash: hashCanonical(specFields(state)),
          revision,
        },
      };
    },

    verify: async ({ binding, plan, written, signal }) => {
      const state = await readPlanned(parts, binding, plan, signal);
      return state
        ? verifyDeployment(state, written, false)
        : {
            state: 'failed',
            message: `Application ${binding.name} was deleted after the rollback`,
          };
    },

    rollback: ({ input: { prune }, binding, plan, written, signal }) =>
      undoDeployment({ parts, binding, plan, written, prune, signal }),
  });
}
