import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { normalizeText } from '../search/normalizeText';
import type { Question } from './Question';

/** Groups below groups are followed so far, and so many in all. */
const mostLevels = 10;
const mostGroups = 1000;

/**
 * The owners that a name stands for: a reference as it is; a bare name for the
 * Groups of that name, and where there is none that the caller may read, for
 * the Group of the default namespace.
 */
async function ownersCalled(
  name: string,
  { search, view }: Question,
): Promise<string[]> {
  if (/[:/]/.test(name)) {
    try {
      return [
        stringifyEntityRef(
          parseEntityRef(name, {
            defaultKind: 'group',
            defaultNamespace: 'default',
          }),
        ),
      ];
    } catch {
      throw new InputError(
        `owner must be a team's name such as payments or a reference such as group:default/payments, but is '${name}'`,
      );
    }
  }
  const wanted = normalizeText(name);
  const called = (await search.names('group'))
    .filter(group => group.name === wanted)
    .map(({ ref }) => ref);
  const readable = await view.readable(called);
  return readable.size > 0
    ? [...readable]
    : [`group:default/${name.toLowerCase()}`];
}

/** References of the owners that a question names, with the groups below them on demand. */
export async function resolveOwners(
  names: readonly string[],
  nested: boolean,
  question: Question,
): Promise<string[]> {
  const owners = new Set<string>();
  for (const name of names) {
    (await ownersCalled(name, question)).forEach(ref => owners.add(ref));
  }
  let border = [...owners];
  for (let level = 0; nested && border.length > 0; level++) {
    const groups = await question.view.entities(border, ['kind', 'relations']);
    const below = groups
      .flatMap(group => group?.relations ?? [])
      .filter(({ type }) => type === 'parentOf')
      .map(({ targetRef }) => targetRef)
      .filter(ref => !owners.has(ref));
    border = [...(await question.view.readable(below))];
    border.forEach(ref => owners.add(ref));
    if (level >= mostLevels || owners.size >= mostGroups) {
      break;
    }
  }
  return [...owners];
}
