import type {
  Choice,
  RequestChoices,
} from '@causeway/backstage-plugin-causeway-common';
import type { Caller } from '../principals/Principal';

const forPeople = [
  'vote',
  'withdrawVote',
  'reconcile',
  'complete',
  'feedback',
] as const satisfies readonly (keyof RequestChoices)[];

/** The choices that the gate leaves, less those that permissions or the caller's kind take away. */
export function narrowChoices(
  choices: RequestChoices,
  options: {
    caller: Caller;
    /** Why nothing can be written at all. */
    readOnly?: string;
    /** The permission that is missing, by choice. */
    lacking: Partial<Record<keyof RequestChoices, string>>;
  },
): RequestChoices {
  const { caller, readOnly, lacking } = options;
  const { principal } = caller;
  const person = principal.kind === 'user' && principal.actor === undefined;
  const why = (name: keyof RequestChoices): string | undefined => {
    if (readOnly !== undefined) {
      return readOnly;
    }
    if (principal.kind === 'other') {
      return principal.refusal;
    }
    if (!person && (forPeople as readonly string[]).includes(name)) {
      return 'A person does this in the portal';
    }
    return lacking[name] && `It asks for the permission ${lacking[name]}`;
  };
  return Object.fromEntries(
    Object.entries(choices).map(([name, choice]: [string, Choice]) => {
      const reason = choice.allowed && why(name as keyof RequestChoices);
      return [name, reason ? { allowed: false, why: reason } : choice];
    }),
  ) as unknown as RequestChoices;
}
