import {
  createOperation,
  type Operation,
} from '@causeway/backstage-plugin-causeway-node';
import { z } from 'zod';
import { requestAnnotation } from '../clients/KubernetesClients';
import { targetChanged } from '../clients/refusals';
import { hashCanonical } from '../../hashCanonical';
import type { OperationParts } from '../shared/OperationParts';
import { deployedFields, readState, specFields } from './applicationState';
import { beginOperation } from './beginOperation';
import {
  bindApplication,
  boundAddress,
  requireSame,
  targetAddress,
} from './bindApplication';
import { priceSync } from './compareWorkloads';
import { planSync } from './planSync';
import { readPlanned, requireIdle, undoDeployment } from './rollBackTo';
import { syncApplicationExamples } from './syncApplication.examples';
import { verifyDeployment } from './verifyDeployment';

/**
 * Strict on purpose: inline manifests, syncOptions, force, replace and single
 * resources are no fields of it, so that nothing but what Git says can come in
 * (THREATS H7).
 */
const input = z.strictObject({
  revision: z
    .string()
    .regex(/^[0-9a-f]{40}$/, 'must be a full commit id')
    .optional()
    .describe(
      'Full commit id; the one that Argo CD compared with last when left out',
    ),
  prune: z
    .boolean()
    .describe(
      'Whether resources that Git no longer has are deleted; there is no default',
    ),
});

/** Brings what one commit says into the cluster. */
export function createSyncApplication(parts: OperationParts): Operation {
  return createOperation({
    name: 'sync-application',
    version: '1',
    title: 'Sync an application',
    description:
      'Lets Argo CD deploy one commit of an application that does not sync by itself. The commit and the source are bound: a newer commit needs a new request.',
    class: 'application',
    capability: 'application-sync',
    targetTypes: ['argocd-application'],
    effects: [
      'Applies the manifests of one commit to the cluster',
      'With prune, deletes what Git no longer has',
    ],
    idempotent: false,
    input,
    examples: syncApplicationExamples,

    bind: ({ target, signal }) =>
      bindApplication({
        clients: parts.plan,
        target,
        fields: deployedFields,
        signal,
      }),

    plan: async ({ input: wanted, binding, target, signal }) => {
      const client = parts.plan.argocd(binding.source, signal);
      const address = targetAddress(target);
      const state = requireSame(
        binding,
        await client.findApplication(address),
        binding.fieldsHash,
        deployedFields,
      );
      return planSync({ client, address, state, wanted });
    },

    estimate: async ({ input: wanted, plan, binding, target, signal }) => {
      const client = parts.plan.argocd(binding.source, signal);
      const address = targetAddress(target);
      const { compared } = readState(await client.application(address));
      return compared === plan.bound?.revision
        ? priceSync(
            await client.managedResources(address),
            wanted.prune,
            parts.prices,
          )
        : {
            currency: parts.prices.currency,
            parts: [],
            unknown: `Argo CD has not compared with ${plan.bound?.revision}: what it asks for is not known`,
          };
    },

    execute: async ({ input: wanted, binding, plan, requestId, signal }) => {
      const address = boundAddress(binding, plan);
      const revision = plan.bound!.revision;
      const state = await beginOperation({
        pair: parts.write.argocd(binding.source, signal),
        address,
        pause: parts.pause,
        signal,
        check: async client => {
          // Compared anew, so that a commit of the last minutes is seen.
          const found = await client.refresh(address, 'normal');
          const now = readState(found);
          if (now.uid === binding.uid && now.operation?.request === requestId) {
            return now;
          }
          requireSame(binding, found, binding.fieldsHash, deployedFields);
          if (wanted.revision === undefined && now.compared !== revision) {
            throw targetChanged(
              `${address.name} follows a branch that has moved from ${revision} to ${now.compared ?? 'what cannot be resolved'} since it was planned`,
            );
          }
          requireIdle(now, address.name);
          return undefined;
        },
        send: client =>
          client.sync(address, {
            revision,
            prune: wanted.prune,
            dryRun: false,
            infos: [{ name: requestAnnotation, value: requestId }],
          }),
        hasBegun: now => now.operation?.request === requestId,
      });
      return {
        message: `Argo CD deploys ${revision}`,
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
        ? verifyDeployment(state, written, plan.bound?.complete !== 'no')
        : {
            state: 'failed',
            message: `Application ${binding.name} was deleted after the sync`,
          };
    },

    rollback: ({ input: wanted, binding, plan, written, signal }) =>
      undoDeployment({
        parts,
        binding,
        plan,
        written,
        prune: wanted.prune,
        signal,
      }),
  });
}
