import { OperationRefusal } from '@causeway/backstage-plugin-causeway-node';
import { slugOf } from '../clients/GithubClients';
import type { SourceAccess } from '../clients/SourceAccess';
import type { GitPlace } from './gitPlace';

/** Who reviews what, and what runs with whose rights: changed by people alone (THREATS C6). */
const isProtected = (step: string) =>
  /^\.git/i.test(step) || step.toLowerCase() === 'codeowners';

/** Path in the repository of a file that is named from a place's folder. */
export function pathIn({ folder }: GitPlace, file: string): string {
  return folder ? `${folder}/${file}` : file;
}

/**
 * Holds a file against what nobody but people changes, and against what the
 * configuration grants.
 *
 * @throws OperationRefusal
 */
export function requireGranted(
  access: SourceAccess,
  { source, repository }: Pick<GitPlace, 'source' | 'repository'>,
  path: string,
): void {
  const shown = `${path} of ${slugOf(repository)}`;
  const steps = path.split('/');
  if (steps.some(step => step === '' || step === '.' || step === '..')) {
    throw new OperationRefusal({
      code: 'protected-path',
      reason: `${shown} leads out of its folder`,
      hint: 'Name a file below the folder of the application, without .. in it',
    });
  }
  if (steps.some(isProtected)) {
    throw new OperationRefusal({
      code: 'protected-path',
      reason: `${shown} decides who reviews and what runs: the gate never changes it`,
      hint: 'Open that pull request by hand',
    });
  }
  const grant = access.grant(source.id, repository.name);
  const granted = grant?.paths.some(
    folder => folder === '' || path.startsWith(`${folder}/`),
  );
  if (!granted) {
    throw new OperationRefusal({
      code: 'path-not-granted',
      reason: `The gate may not change ${shown}`,
      hint: `Whoever runs the portal adds the repository and a folder of it to causeway.gate.credentials.github.${source.id}.repositories`,
    });
  }
}
