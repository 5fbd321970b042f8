import { KargoProjectSeed } from './model';

/** What Kargo delivers: the other services are released by commits of people. */
export const kargo: KargoProjectSeed[] = [
  {
    name: 'payments-delivery',
    cluster: 'production-eu',
    service: 'payments/payment-api',
    steps: [['development'], ['staging'], ['production-eu', 'production-us']],
  },
  {
    name: 'storefront-delivery',
    cluster: 'production-eu',
    service: 'shop/storefront-web',
    steps: [['development'], ['staging'], ['production-us'], ['production-eu']],
  },
];
