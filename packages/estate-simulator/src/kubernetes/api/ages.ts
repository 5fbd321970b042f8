/** How long ago, as kubectl words it: `45s`, `3m20s`, `5h10m`, `4d2h`, `90d`, `2y40d`. */
export function ageOf(timestamp: unknown, now: Date): string {
  const then = typeof timestamp === 'string' ? Date.parse(timestamp) : NaN;
  if (Number.isNaN(then)) return '<unknown>';
  const seconds = Math.max(0, Math.floor((now.getTime() - then) / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  const pair = (major: string, minor: number, unit: string) =>
    minor === 0 ? major : `${major}${minor}${unit}`;
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return pair(`${minutes}m`, seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return pair(`${hours}h`, minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (days < 8) return pair(`${days}d`, hours % 24, 'h');
  if (days < 365 * 2) return `${days}d`;
  const years = Math.floor(days / 365);
  return years < 8 ? pair(`${years}y`, days % 365, 'd') : `${years}y`;
}
