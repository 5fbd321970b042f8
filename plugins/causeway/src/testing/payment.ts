import type { Entity } from '@backstage/catalog-model';

/** The service that the fixtures talk about. */
export const paymentApi: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { namespace: 'default', name: 'payment-api' },
  spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
};
