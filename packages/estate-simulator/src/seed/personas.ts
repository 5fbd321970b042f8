import { Persona } from './model';

/** Who one can be in the demo; one is the default. */
export const personas: Persona[] = [
  {
    login: 'ada-okafor',
    name: 'Ada Okafor',
    title: 'Developer, Payments',
    description: 'Builds payment-api and wants to see where her change runs.',
    default: true,
  },
  {
    login: 'tomas-novak',
    name: 'Tomáš Novák',
    title: 'On-call engineer, Payments',
    description:
      'Is paged for the payments services at 3 a.m. and decides fast.',
  },
  {
    login: 'noor-rahman',
    name: 'Noor Rahman',
    title: 'Platform lead',
    description: 'Owns the clusters, the policy and the paved road.',
  },
  {
    login: 'isla-mcgregor',
    name: 'Isla McGregor',
    title: 'Security approver',
    description: 'Approves what touches production and money.',
  },
  {
    login: 'mia-fernandez',
    name: 'Mía Fernández',
    title: 'Owner of another tenant, Storefront',
    description: 'Leads the shop, depends on payments, may not change them.',
  },
];
