import { faultCases, malformedCases } from './cases';
import { targetNames } from './targets';

/** The tables of the documentation, from the cases that the tests run. */
export function renderMatrix(): string {
  const rows = faultCases.map(({ title, shown, meanwhile }) => {
    const cells = targetNames.map(name => {
      const { state, reason } = shown[name];
      return `${state}: \`${reason}\``;
    });
    return `| ${[title, ...cells, meanwhile].join(' | ')} |`;
  });
  return [
    '| Fault | Kubernetes | Argo CD | GitHub | What becomes of the estate |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    '| What one object can be | What becomes of the estate |',
    '| --- | --- |',
    ...malformedCases.map(
      ({ title, meanwhile }) => `| ${title} | ${meanwhile} |`,
    ),
  ].join('\n');
}
