import { Persona } from './model';

/** Who one can be in the demo; the first is the default. */
export const personas: Persona[] = [
  {
    login: 'ada-okafor',
    name: 'Ada Okafor',
    title: 'Developer, Payments',
    about: 'Builds payment-api and wants to see where her change runs.',
  },
  {
    login: 'tomas-novak',
    name: 'Tomáš Novák',
    title: 'On-call engineer, Payments',
    about: 'Is paged for the payments services at 3 a.m. and decides fast.',
  },
  {
    login: 'noor-rahman',
    name: 'Noor Rahman',
    title: 'Platform lead',
    about: 'Owns the clusters, the policy and the paved road.',
  },
  {
    login: 'isla-mcgregor',
    name: 'Isla McGregor',
    title: 'Security approver',
    about: 'Approves what touches production and money.',
  },
  {
    login: 'mia-fernandez',
    name: 'Mía Fernández',
    title: 'Owner of another tenant, Storefront',
    about: 'Leads the shop, depends on payments, may not change them.',
  },
];
