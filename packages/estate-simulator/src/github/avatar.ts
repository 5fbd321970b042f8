import { fraction } from '../world/random';
import { GitHubModel } from './GitHubModel';

/** A picture of an account or a team: its initials on a colour of its own. */
export function avatar(model: GitHubModel, name: string): string {
  const title =
    model.people().find(({ login }) => login === name)?.name ??
    model.teams().find(({ slug }) => slug === name)?.name ??
    name;
  const initials = title
    .split(/[\s-]+/)
    .map(word => /\p{L}/u.exec(word)?.[0] ?? '')
    .join('')
    .slice(0, 2)
    .toLocaleUpperCase('en-US');
  const hue = Math.floor(fraction(name) * 360);
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">',
    `<rect width="64" height="64" fill="hsl(${hue} 45% 35%)"/>`,
    '<text x="32" y="41" text-anchor="middle" font-family="sans-serif" font-size="26" fill="#fff">',
    `${initials}</text></svg>`,
  ].join('');
}
