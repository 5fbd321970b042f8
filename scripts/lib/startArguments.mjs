import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from './failure.mjs';

export const usage = `Usage: npm start [-- OPTIONS]

Runs the portal at http://localhost:3000, on the simulated estate unless told otherwise.

  --config FILE   run on a real estate: FILE is read after app-config.yaml
                  (app-config.real-estate.example.yaml is one to start from; may be repeated)
  --life          let the simulated estate move by itself: rollouts, syncs, merges
  --help          this text`;

/**
 * @param {string[]} args
 * @returns {{ help: boolean, life: boolean, configFiles: string[] }}
 */
export function parseStartArguments(args) {
  const options = { help: false, life: false, configFiles: [] };
  const rest = [...args];
  while (rest.length) {
    const arg = rest.shift();
    const [name, inline] = arg.split(/=(.*)/s);
    if (name === '--help' || name === '-h') options.help = true;
    else if (name === '--life') options.life = true;
    else if (name === '--config') {
      const file = inline ?? rest.shift();
      if (!file) throw new Failure(`--config wants a file.\n\n${usage}`, 2);
      // npm runs scripts in the root; the person may be elsewhere.
      const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
      if (!existsSync(path)) {
        throw new Failure(
          `There is no file ${path}. Copy app-config.real-estate.example.yaml, fill it in and pass it with --config.`,
          2,
        );
      }
      options.configFiles.push(path);
    } else {
      throw new Failure(`Unknown option ${arg}.\n\n${usage}`, 2);
    }
  }
  if (options.life && options.configFiles.length) {
    throw new Failure(
      '--life moves the simulated estate, and --config runs on a real one: give one of them.',
      2,
    );
  }
  return options;
}
