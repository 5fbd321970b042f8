import type {
  Choice,
  GateChoices,
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

/** Why a choice that the gate leaves is taken away, if it is. */
function whyNot(
  { principal }: Caller,
  options: { readOnly?: string; forPeople: boolean; lacking?: string },
): string | undefined {
  if (options.readOnly !== undefined) {
    return options.readOnly;
  }
  if (principal.kind === 'other') {
    return principal.refusal;
  }
  const person = principal.kind === 'user' && principal.actor === undefined;
  if (!person && options.forPeople) {
    return 'A person does this in the portal';
  }
  return options.lacking && `It asks for the permission ${options.lacking}`;
}

/** What the gate lets the caller do with it as a whole, less what permissions or the caller's kind take away. */
export function narrowGateChoices(
  choices: GateChoices,
  options: {
    caller: Caller;
    /** Why nothing can be written at all. */
    readOnly?: string;
    /** The permission that is missing, by choice. */
    lacking: Partial<Record<keyof GateChoices, string>>;
  },
): GateChoices {
  const { caller, readOnly, lacking } = options;
  const narrow = (name: keyof GateChoices): Choice => {
    const why =
      choices[name].allowed &&
      whyNot(caller, {
        readOnly: name === 'readAudit' ? undefined : readOnly,
        forPeople: true,
        lacking: lacking[name],
      });
    return why ? { allowed: false, why } : choices[name];
  };
  return { halt: narrow('halt'), readAudit: narrow('readAudit') };
}

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
  const why = (name: keyof RequestChoices) =>
    whyNot(caller, {
      readOnly,
      forPeople: (forPeople as readonly string[]).includes(name),
      lacking: lacking[name],
    });
  return Object.fromEntries(
    Object.entries(choices).map(([name, choice]: [string, Choice]) => {
      const reason = choice.allowed && why(name as keyof RequestChoices);
      return [name, reason ? { allowed: false, why: reason } : choice];
    }),
  ) as unknown as RequestChoices;
}
