/**
 * How large an estate is made up, and which one.
 *
 * @public
 */
export interface GenerateOptions {
  /** The same seed and size give the same estate, byte for byte; 1 by default. */
  seed?: number;
  /** Kubernetes objects in all clusters together, exactly. Give this or `services`. */
  objects?: number;
  /** Services, each with what belongs to it in the clusters where it runs. */
  services?: number;
  /** Clusters, 1 to 99; 4 by default. */
  clusters?: number;
  /** Whether each instance of a service has an Argo CD Application; `false` by default. */
  applications?: boolean;
  /** Whether each service has a GitHub repository; `false` by default. */
  repositories?: boolean;
}

/** What an estate is made from; exactly one of `objects` and `services` is finite. */
export interface GeneratorSettings {
  seed: number;
  objects: number;
  services: number;
  clusters: number;
  applications: boolean;
  repositories: boolean;
}

/**
 * Fills in what is not given.
 *
 * @throws Error that names the option that cannot be
 */
export function resolveGenerateOptions(
  options: GenerateOptions,
): GeneratorSettings {
  const settings: GeneratorSettings = {
    seed: options.seed ?? 1,
    objects: options.objects ?? Infinity,
    services: options.services ?? Infinity,
    clusters: options.clusters ?? 4,
    applications: options.applications ?? false,
    repositories: options.repositories ?? false,
  };
  if ((options.objects === undefined) === (options.services === undefined)) {
    throw new Error('generate takes either objects or services');
  }
  for (const [option, most] of [
    ['objects', 5_000_000],
    ['services', 500_000],
    ['clusters', 99],
    ['seed', 0xffff_ffff],
  ] as const) {
    const value = options[option];
    const least = option === 'seed' ? 0 : 1;
    if (
      value !== undefined &&
      !(Number.isInteger(value) && value >= least && value <= most)
    ) {
      throw new Error(
        `generate.${option} must be a whole number from ${least} to ${most}, not ${value}`,
      );
    }
  }
  return settings;
}
