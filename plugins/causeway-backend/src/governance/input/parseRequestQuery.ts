import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  auditTypes,
  requestStates,
  riskLevels,
  type AuditQuery,
  type RequestQuery,
} from '@causeway/backstage-plugin-causeway-common';
import {
  readChoices,
  readFlag,
  readList,
  readNumber,
  readText,
  type QuestionInput,
} from '../../estate/questions/readInput';
import { parseRef } from '../parseSubmission';

const latest = 8_640_000_000_000_000;

function toRef(text: string, field: string, defaultKind: string): string {
  if (text.startsWith('subject:')) {
    return text;
  }
  try {
    return stringifyEntityRef(parseEntityRef(text, { defaultKind }));
  } catch {
    throw new InputError(
      `${field} must be a reference such as ${defaultKind}:default/payments, but is '${text}'`,
    );
  }
}

/** A service has a part in each cluster and application, and pages ask about all of them. */
const mostTargets = 50;

/** References between commas, each of the length of one. */
function readTargets(input: QuestionInput): string | undefined {
  const texts = String(input.target ?? '').split(',');
  if (texts.length > mostTargets) {
    throw new InputError(
      `target has ${texts.length} references, at most ${mostTargets} are taken`,
    );
  }
  const refs = texts.flatMap(text => {
    const one = readText({ target: text }, 'target');
    return one ? [parseRef(one, 'target')] : [];
  });
  return refs.join(',') || undefined;
}

/** Leaves out what is not there. */
function present<T extends object>(query: T): T {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined),
  ) as T;
}

/**
 * What a list is narrowed to, from a query string or an action; several values
 * stand between commas.
 *
 * @throws InputError for values that there are not
 */
export function parseRequestQuery(input: QuestionInput): RequestQuery {
  const requester = readText(input, 'requester');
  const [order, ...others] =
    readChoices(input, 'order', ['urgency', 'newest'] as const) ?? [];
  if (others.length > 0) {
    throw new InputError('order is either urgency or newest');
  }
  return present<RequestQuery>({
    state: readChoices(input, 'state', requestStates),
    operation: readList(input, 'operation'),
    environment: readList(input, 'environment'),
    owner: readList(input, 'owner')?.map(one => toRef(one, 'owner', 'group')),
    target: readTargets(input),
    requester: requester && toRef(requester, 'requester', 'user'),
    risk: readChoices(input, 'risk', riskLevels),
    tier: readChoices(input, 'tier', ['1', '2', '3'] as const)?.map(
      one => Number(one) as 1 | 2 | 3,
    ),
    mine: readFlag(input, 'mine') || undefined,
    asked: readFlag(input, 'asked') || undefined,
    text: readText(input, 'text'),
    order,
    cursor: readText(input, 'cursor'),
    limit:
      input.limit === undefined
        ? undefined
        : readNumber(input, 'limit', { least: 1, most: 200, otherwise: 50 }),
  });
}

/** @throws InputError for a type that no entry has: an empty answer would say that nothing happened */
function readType(input: QuestionInput): string | undefined {
  const [type, ...others] = readChoices(input, 'type', auditTypes) ?? [];
  if (others.length > 0) {
    throw new InputError('The trail is narrowed to one type at a time');
  }
  return type;
}

/** What the audit trail is narrowed to. */
export function parseAuditQuery(input: QuestionInput): AuditQuery {
  const time = (field: string) =>
    input[field] === undefined
      ? undefined
      : readNumber(input, field, { least: 0, most: latest, otherwise: 0 });
  return present<AuditQuery>({
    requestId: readText(input, 'requestId'),
    by: readText(input, 'by'),
    type: readType(input),
    action: readText(input, 'action'),
    subject: readText(input, 'subject'),
    from: time('from'),
    until: time('until'),
    cursor: readText(input, 'cursor'),
    limit:
      input.limit === undefined
        ? undefined
        : readNumber(input, 'limit', { least: 1, most: 500, otherwise: 100 }),
  });
}
