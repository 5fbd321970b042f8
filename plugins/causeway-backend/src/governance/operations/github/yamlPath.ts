/** One step of a way through YAML: a key, or in brackets an entry of a list by its name or number. */
export interface YamlStep {
  text: string;
  bracket: boolean;
}

const longest = 32;

const isPrototype = ({ text }: YamlStep) => text === '__proto__';

/**
 * Reads `spec.template.spec.containers[api].image`, as plans write paths. A
 * key that holds dots or slashes stands in brackets as well.
 *
 * @returns `undefined` for what is no path
 */
export function parseYamlPath(path: string): YamlStep[] | undefined {
  const steps: YamlStep[] = [];
  const pattern = /(?:^|\.)([^.[\]\s]+)|\[([^[\]]+)\]/y;
  while (pattern.lastIndex < path.length) {
    const match = pattern.exec(path);
    if (!match || steps.length === longest) {
      return undefined;
    }
    steps.push(
      match[1] === undefined
        ? { text: match[2], bracket: true }
        : { text: match[1], bracket: false },
    );
  }
  return steps.length > 0 && !steps.some(isPrototype) ? steps : undefined;
}
