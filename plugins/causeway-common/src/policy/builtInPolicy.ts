import { policyDocument, type PolicyDocument } from './PolicyDocument';

/**
 * What holds where there is no policy at all: no risk tier matches, so all is
 * critical, nothing runs by itself, and the target's owners approve.
 *
 * @public
 */
export const builtInPolicy: PolicyDocument = policyDocument.parse({
  apiVersion: 'causeway.dev/v1',
  kind: 'Policy',
  metadata: { name: 'built-in', title: 'Built in: people approve everything' },
  spec: {},
});
