/**
 * Whether labels match a Kubernetes label selector: `a=b`, `a!=b`,
 * `a in (x,y)`, `a notin (x)`, `a` and `!a`, joined by commas.
 */
export function selects(
  selector: string,
  labels: Record<string, string>,
): boolean {
  return selector
    .split(/,(?![^(]*\))/)
    .map(part => part.trim())
    .filter(Boolean)
    .every(part => matches(part, labels));
}

function matches(part: string, labels: Record<string, string>): boolean {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part);
  if (set) {
    const values = set[3].split(',').map(value => value.trim());
    const within =
      labels[set[1]] !== undefined && values.includes(labels[set[1]]);
    return within === (set[2] === 'in');
  }
  const equality = /^([^!=\s]+)\s*(==|=|!=)\s*(.*)$/.exec(part);
  if (equality) {
    const [, key, operator, value] = equality;
    return (labels[key] === value) === (operator !== '!=');
  }
  return part.startsWith('!') ? !(part.slice(1) in labels) : part in labels;
}
