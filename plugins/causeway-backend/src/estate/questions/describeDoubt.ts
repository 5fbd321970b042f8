import type { Question } from './Question';

/**
 * Says that an answer rests on what could not be read lately, or not yet at
 * all; `undefined` where everything is fresh. Which sources there are is not
 * everybody's to know.
 */
export async function describeDoubt({
  sources,
}: Pick<Question, 'sources'>): Promise<string | undefined> {
  const all = await sources();
  const having = (...states: string[]) =>
    all.filter(({ partitions }) =>
      partitions.some(({ state }) => states.includes(state)),
    ).length;
  const waiting = having('waiting');
  const doubted = having('stale', 'held');
  return (
    [
      waiting > 0
        ? `${waiting} of ${all.length} sources are still being read for the first time: ask again soon`
        : '',
      doubted > 0
        ? `${doubted} of ${all.length} sources cannot be read whole now: what is missing here may be there`
        : '',
    ]
      .filter(Boolean)
      .join('. ') || undefined
  );
}
