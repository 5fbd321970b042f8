import { defineFacts, workloadTypes } from '../defineFacts';

/** Of every entity of the estate, whatever its type. */
const anyType = ['*'] as const;

/** What rules decide of an entity, and what its source says of it. */
export const stateFacts = defineFacts({
  owner: {
    type: 'string',
    subjects: anyType,
    absence: 'none',
    description: 'Reference of the Group or User that owns it',
  },
  environment: {
    type: 'string',
    subjects: anyType,
    absence: 'none',
    description: 'The environment that it is in',
  },
  lifecycle: {
    type: 'string',
    subjects: ['service'],
    absence: 'none',
    description:
      '`production`, `experimental`, `deprecated`, or what is claimed',
  },
  health: {
    type: 'string',
    subjects: anyType,
    ofParts: true,
    absence: 'none',
    description:
      '`healthy`, `progressing`, `degraded`, `suspended`, `missing` or `unknown`; of a service that of its worst instance',
  },
  sync: {
    type: 'string',
    subjects: [...workloadTypes, 'argocd-application'],
    absence: 'none',
    description:
      'What Argo CD says: `synced`, `out-of-sync` or `unknown`; `since` of the fact tells since when',
  },
});
