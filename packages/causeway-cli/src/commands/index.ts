import { Command } from '../cli/Command';
import { approveLink } from './approveLink';
import { auditExport } from './auditExport';
import { auditKeygen } from './auditKeygen';
import { auditVerify } from './auditVerify';
import { policyCheck } from './policyCheck';
import { policyTest } from './policyTest';
import { request } from './request';
import { rules } from './rules';
import { schema } from './schema';
import { snapshot } from './snapshot';
import { status } from './status';
import { validate } from './validate';
import { withdraw } from './withdraw';

/** One command. */
export interface CommandEntry {
  path: string[];
  description: string;
  run: Command;
}

/** All commands. What is slow to load they load themselves, when they need it. */
export const commands: readonly CommandEntry[] = [
  {
    path: ['catalog', 'validate'],
    description: 'Check catalog files before they merge',
    run: validate,
  },
  {
    path: ['catalog', 'snapshot'],
    description: 'Write down what the live catalog has',
    run: snapshot,
  },
  {
    path: ['catalog', 'schema'],
    description: 'Print the JSON schemas of catalog files, for editors',
    run: schema,
  },
  {
    path: ['catalog', 'rules'],
    description: 'List the rules of the check',
    run: rules,
  },
  {
    path: ['request'],
    description: 'Ask the gate for an operation',
    run: request,
  },
  {
    path: ['status'],
    description: 'Say how far a request is, or wait for it',
    run: status,
  },
  {
    path: ['approve-link'],
    description: 'Print where people decide about a request',
    run: approveLink,
  },
  {
    path: ['withdraw'],
    description: 'Take a request back',
    run: withdraw,
  },
  {
    path: ['audit', 'export'],
    description: 'Write the audit trail down as JSON Lines',
    run: auditExport,
  },
  {
    path: ['audit', 'verify'],
    description: 'Verify the audit trail, of a database or an export',
    run: auditVerify,
  },
  {
    path: ['audit', 'keygen'],
    description: 'Make keys for the anchors of the audit trail',
    run: auditKeygen,
  },
  {
    path: ['policy', 'check'],
    description: 'Check the files of a policy before it is in force',
    run: policyCheck,
  },
  {
    path: ['policy', 'test'],
    description: 'Hold a policy against cases of what it should decide',
    run: policyTest,
  },
];
