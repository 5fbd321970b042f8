import { coreBankingServices } from './coreBanking';
import { fulfilmentServices } from './fulfilment';
import { paymentsServices } from './payments';
import { platformServices } from './platform';
import { securityServices } from './security';
import { storefrontServices } from './storefront';

/** All services that Argo CD deploys, by team. */
export const services = [
  ...paymentsServices,
  ...coreBankingServices,
  ...storefrontServices,
  ...fulfilmentServices,
  ...platformServices,
  ...securityServices,
];
