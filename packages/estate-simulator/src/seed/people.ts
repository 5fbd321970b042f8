import { PersonSeed } from './model';

const person = (
  login: string,
  name: string,
  title: string,
  ...teams: string[]
): PersonSeed => ({ login, name, title, teams });

/** The people of Meridian's engineering, by team. */
export const people: PersonSeed[] = [
  {
    ...person(
      'ingrid-solberg',
      'Ingrid Solberg',
      'VP Engineering',
      'engineering',
    ),
    admin: true,
  },
  person('henrik-lund', 'Henrik Lund', 'Head of Banking', 'banking'),
  person('amara-diallo', 'Amara Diallo', 'Head of Commerce', 'commerce'),

  person('ada-okafor', 'Ada Okafor', 'Developer', 'payments'),
  person('tomas-novak', 'Tomáš Novák', 'Site reliability engineer', 'payments'),
  person('priya-raman', 'Priya Raman', 'Team lead', 'payments'),
  person('leo-marchetti', 'Leo Marchetti', 'Developer', 'payments'),
  person('yuki-tanaka', 'Yuki Tanaka', 'Data scientist', 'payments'),

  person('greta-lindqvist', 'Greta Lindqvist', 'Team lead', 'core-banking'),
  person('samuel-osei', 'Samuel Osei', 'Developer', 'core-banking'),
  person('nadia-haddad', 'Nadia Haddad', 'Developer', 'core-banking'),
  person('oskar-wisniewski', 'Oskar Wiśniewski', 'Developer', 'core-banking'),

  person('mia-fernandez', 'Mía Fernández', 'Team lead', 'storefront'),
  person('jonas-keller', 'Jonas Keller', 'Developer', 'storefront'),
  person('chloe-dubois', 'Chloé Dubois', 'Designer', 'storefront'),
  person('arjun-mehta', 'Arjun Mehta', 'Developer', 'storefront'),

  person('kwame-mensah', 'Kwame Mensah', 'Team lead', 'fulfilment'),
  person('elena-petrova', 'Elena Petrova', 'Developer', 'fulfilment'),
  person('lars-jensen', 'Lars Jensen', 'Developer', 'fulfilment'),
  person('sofia-rossi', 'Sofia Rossi', 'Developer', 'fulfilment'),

  {
    ...person('noor-rahman', 'Noor Rahman', 'Platform lead', 'platform'),
    admin: true,
  },
  person('felix-brandt', 'Felix Brandt', 'Platform engineer', 'platform'),
  person('hana-kim', 'Hana Kim', 'Platform engineer', 'platform'),
  person('diego-castillo', 'Diego Castillo', 'Platform engineer', 'platform'),
  person(
    'ruth-abebe',
    'Ruth Abebe',
    'Platform security engineer',
    'platform',
    'security',
  ),

  person('isla-mcgregor', 'Isla McGregor', 'Head of Security', 'security'),
  person('viktor-horvat', 'Viktor Horvat', 'Security engineer', 'security'),
  person('zainab-yusuf', 'Zainab Yusuf', 'Security engineer', 'security'),
];
