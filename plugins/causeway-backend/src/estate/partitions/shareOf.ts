/**
 * How many partitions a replica holds so that all are held and no two replicas
 * differ by more than one. What does not divide goes to the oldest, so that a
 * new one takes no more than it has to.
 *
 * @param options.living - replicas that are alive, the oldest first
 */
export function shareOf(options: {
  owner: string;
  living: readonly string[];
  total: number;
}): number {
  const { owner, living, total } = options;
  const rank = living.indexOf(owner);
  if (rank < 0) {
    return 0;
  }
  const least = Math.floor(total / living.length);
  return rank < total % living.length ? least + 1 : least;
}
