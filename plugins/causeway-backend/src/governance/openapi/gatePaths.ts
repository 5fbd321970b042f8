import { auditTypes } from '@causeway/backstage-plugin-causeway-common';
import { erasureSchema, haltSchema } from '../input/bodies';
import {
  answer,
  answers,
  body,
  errors,
  flag,
  list,
  missing,
  object,
  query,
  refused,
  text,
  whole,
} from './parts';

const time = { type: 'integer', minimum: 0, maximum: 8_640_000_000_000_000 };

const trail = [
  query('requestId', 'Only of this request'),
  query('by', 'Only what this person, subject or rule did'),
  query('type', auditTypes.map(one => `\`${one}\``).join(', ')),
  query('action', '`Submitted`, `VoteCast` …'),
  query(
    'subject',
    'What it was about: an entity reference, the hash of a policy',
  ),
  query('from', 'Epoch milliseconds', time),
  query('until', 'Epoch milliseconds', time),
];

const auditors =
  'Asks for the permission `causeway.audit.read`, and membership of a group that `causeway.gate.auditors` names.';

const halters =
  'Asks for the permission `causeway.gate.halt`, and membership of a group that `causeway.gate.halters` names. Answers what is halted then.';

/** How the gate is, what it can do, what it did. */
export const gatePaths = {
  '/gate': {
    get: {
      operationId: 'GetGate',
      summary: 'How the gate is',
      description:
        'Answers a `GateStatus`. Asks for the permission `causeway.policy.read`.',
      responses: {
        ...answer('GateStatus', {
          open: flag,
          'why?': text,
          halts: list,
          freezes: list,
          pending: whole,
          mine: whole,
          policy: object,
          choices: object,
          now: whole,
        }),
        ...errors,
      },
    },
  },
  '/operations': {
    get: {
      operationId: 'GetOperations',
      summary: 'Operations that can be asked for',
      description:
        'Answers a list of `OperationDescription`. Asks for the permission `causeway.policy.read`.',
      parameters: [
        query('type', 'Only for entities of this `spec.type`'),
        query('target', 'Only for this entity, by its reference'),
      ],
      responses: { ...answers('OperationDescription'), ...errors, ...missing },
    },
  },
  '/policy': {
    get: {
      operationId: 'GetPolicy',
      summary: 'The policy in force',
      description:
        'Answers a `PolicyView`. Asks for the permission `causeway.policy.read`.',
      responses: {
        ...answer('PolicyView', {
          hash: text,
          origin: text,
          since: whole,
          document: object,
          'invalid?': object,
          'announced?': object,
          faults: list,
        }),
        ...errors,
      },
    },
  },
  '/audit': {
    get: {
      operationId: 'SearchAudit',
      summary: 'The audit trail, newest first',
      description: `Answers an \`AuditPage\`. ${auditors}`,
      parameters: [
        ...trail,
        query('cursor', 'The `nextCursor` of the page before'),
        query('limit', 'Most entries of the page. Defaults to 100', {
          type: 'integer',
          minimum: 1,
          maximum: 500,
        }),
      ],
      responses: {
        ...answer('AuditPage', {
          items: list,
          'nextCursor?': text,
          now: whole,
        }),
        ...errors,
      },
    },
  },
  '/audit/verify': {
    get: {
      operationId: 'VerifyAudit',
      summary: 'Whether the audit trail is whole',
      description: `Answers an \`AuditVerification\`. ${auditors}`,
      responses: {
        ...answer('AuditVerification', {
          entries: whole,
          whole: flag,
          'broken?': object,
          'head?': text,
          'unanchoredSince?': whole,
          'anchors?': object,
          durationMs: { type: 'number' },
        }),
        ...errors,
      },
    },
  },
  '/audit/anchors': {
    get: {
      operationId: 'GetAuditAnchors',
      summary: 'What outside of the database vouches for the audit trail',
      description: `Answers an \`AuditAnchors\`. ${auditors}`,
      responses: {
        ...answer('AuditAnchors', {
          state: text,
          'why?': text,
          'key?': text,
          'anchored?': object,
          'last?': object,
          open: whole,
          sinks: list,
          'textsKeptFor?': whole,
          now: whole,
        }),
        ...errors,
      },
    },
  },
  '/audit/erase': {
    post: {
      operationId: 'EraseAuditTexts',
      summary:
        'Erases texts beside the audit trail, of one entry or of one person',
      description:
        'For people. Takes an `AuditErasure`, and answers how many texts of how many entries were erased. Asks for the permission `causeway.audit.erase`, and membership of a group that `causeway.gate.erasers` names. It cannot be taken back, and is on record.',
      requestBody: body(erasureSchema),
      responses: {
        ...answer('AuditErased', { texts: whole, entries: whole }),
        ...errors,
        ...missing,
        ...refused,
      },
    },
  },
  '/audit/export': {
    get: {
      operationId: 'ExportAudit',
      summary: 'The audit trail, oldest first, one `AuditEntry` a line',
      description: `A connection that is cut before its end leaves an export that is not whole. ${auditors}`,
      parameters: trail,
      responses: {
        '200': {
          description: 'JSON Lines',
          content: { 'application/x-ndjson': { schema: text } },
        },
        ...errors,
      },
    },
  },
  '/halt': {
    post: {
      operationId: 'Halt',
      summary: 'Stops everything, or one agent',
      description: halters,
      requestBody: body(haltSchema),
      responses: { ...answers('Halt'), ...errors, ...refused },
    },
  },
  '/halt/resume': {
    post: {
      operationId: 'Resume',
      summary: 'Lets what was halted go on',
      description: halters,
      requestBody: body(haltSchema),
      responses: { ...answers('Halt'), ...errors, ...missing, ...refused },
    },
  },
};
