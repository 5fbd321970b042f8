import type {
  GateRequest,
  RequestReceipt,
} from '@causeway/backstage-plugin-causeway-common';

/** What is told of a request: what a receipt and a request have in common. */
export interface Told {
  /** Absent of what is not asked for yet. */
  id?: string;
  state: string;
  tier: number;
  summary: string;
  why: string;
  decidedBy: string;
  link?: string;
  expiresAt?: number;
  deciders: readonly string[];
  refusals: RequestReceipt['refusals'];
  /** How it went, where that is known. */
  outcome?: string;
}

// What tenants and agents wrote must not move the cursor or hide a line.
const plain = (text: string) =>
  // eslint-disable-next-line no-control-regex -- takes them out
  text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ');

const shortRef = (ref: string) => ref.replace(/^group:default\//, '');

/** A request in a few lines. */
export function describeRequest(told: Told): string {
  const { id, state, tier, summary, why, decidedBy, link } = told;
  const lines: [string, string | undefined][] = [
    ['', `${plain(summary)}`],
    ['request', id],
    ['state', state],
    ['tier', String(tier)],
    ['why', `${plain(why)} (${decidedBy})`],
    ['outcome', told.outcome && plain(told.outcome)],
    [
      'decide',
      /^(pending|would wait)$/.test(state)
        ? told.deciders.map(shortRef).join(', ')
        : undefined,
    ],
    [
      'until',
      state === 'pending' && told.expiresAt
        ? new Date(told.expiresAt).toISOString()
        : undefined,
    ],
    ...told.refusals.flatMap(
      ({ reason, hint }): [string, string | undefined][] => [
        ['refused', plain(reason)],
        ['hint', hint && plain(hint)],
      ],
    ),
    ['link', link],
  ];
  return lines
    .filter(([, text]) => text)
    .map(([name, text]) =>
      name ? `  ${name.padEnd(8)} ${text}\n` : `${text}\n`,
    )
    .join('');
}

/** What a whole request tells. */
export function toTold(request: GateRequest): Told {
  const { id, state, assessment, plan, execution } = request;
  return {
    id,
    state,
    tier: assessment.tier,
    summary:
      plan?.summary ?? `${request.operation.title}: ${request.target.title}`,
    why: request.stateReason ?? assessment.summary,
    decidedBy: request.decidedBy ?? assessment.decidedBy,
    link: request.link,
    expiresAt: request.decideBy,
    deciders: assessment.approval.approvers,
    refusals: assessment.refusals,
    outcome: execution?.message,
  };
}
