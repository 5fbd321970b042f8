import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { normalizeText } from '../search/normalizeText';
import { nearestNames } from './nearestNames';
import type { Question } from './Question';
import { readText, type QuestionInput } from './readInput';

const shown = 5;

/**
 * The entity that an input names: a reference, or a bare name that only one
 * entity has, or only one Component.
 *
 * @param fields - of the entity, where it is going to be read anyway
 * @throws InputError for what is no reference, or the name of several
 * @throws NotFoundError for what is missing and what is forbidden alike, with the nearest names
 */
export async function resolveEntity(
  input: QuestionInput,
  field: string,
  question: Question,
  fields: string[] = ['kind'],
): Promise<string> {
  const text = readText(input, field);
  if (text === undefined) {
    throw new InputError(
      `${field} is missing; give a reference such as component:default/payment-api, or a name`,
    );
  }
  return /[:/]/.test(text)
    ? resolveReference(text, field, question, fields)
    : resolveName(text, field, question);
}

async function resolveReference(
  text: string,
  field: string,
  question: Question,
  fields: string[],
): Promise<string> {
  let ref: string;
  let name: string;
  try {
    const parsed = parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: 'default',
    });
    ref = stringifyEntityRef(parsed);
    name = parsed.name;
  } catch {
    throw new InputError(
      `${field} must be a reference such as component:default/payment-api, or a name, but is '${text}'`,
    );
  }
  const [entity] = await question.view.entities([ref], fields);
  return entity ? ref : missing(text, name, question);
}

async function resolveName(
  text: string,
  field: string,
  question: Question,
): Promise<string> {
  const wanted = normalizeText(text);
  const called = (await question.search.names())
    .filter(({ name }) => name === wanted)
    .map(({ ref }) => ref);
  const readable = [...(await question.view.readable(called))].sort();
  const components = readable.filter(ref => ref.startsWith('component:'));
  const [only, ...others] = components.length === 1 ? components : readable;
  if (only === undefined) {
    return missing(text, text, question);
  }
  if (others.length > 0) {
    throw new InputError(
      `${field} '${text}' is the name of several entities; give the reference of one: ${readable.slice(0, shown).join(', ')}`,
    );
  }
  return only;
}

async function missing(
  text: string,
  name: string,
  question: Question,
): Promise<never> {
  const near = await nearestNames(name, question);
  throw new NotFoundError(
    `There is no entity '${text}' that you may read; ${
      near.length > 0
        ? `did you mean ${near.join(', ')}?`
        : 'look for it with find-entities'
    }`,
  );
}
