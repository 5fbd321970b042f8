import { OptionTable } from '../cli/Command';
import { formatNames } from '../output/format';
import { liveOptions } from './catalogOptions';

/** Options of `causeway catalog validate`. */
export const validateOptions: OptionTable = {
  complete: {
    option: { type: 'boolean' },
    help: 'these files are the whole catalog: a reference out of them is an error',
  },
  snapshot: {
    option: { type: 'string' },
    value: 'file',
    help: 'resolve references against a snapshot of the live catalog',
  },
  live: {
    option: { type: 'string' },
    value: 'url',
    help: 'resolve references against the live catalog itself',
  },
  'own-location': {
    option: { type: 'string', multiple: true },
    value: 'prefix',
    help: 'ignore what the snapshot has from locations that begin so: the files replace it',
  },
  format: {
    option: { type: 'string', short: 'f', multiple: true },
    value: 'format[:file]',
    help: `${formatNames.join(', ')}; with a file, e.g. sarif:out.sarif; repeatable`,
  },
  'fail-on': {
    option: { type: 'string' },
    value: 'severity',
    help: 'error (default) or warning',
  },
  rule: {
    option: { type: 'string', multiple: true },
    value: 'id=setting',
    help: 'set a rule to off, note, warning or error; repeatable',
  },
  preset: {
    option: { type: 'string' },
    value: 'name',
    help: 'recommended (default) or strict',
  },
  config: {
    option: { type: 'string', short: 'c' },
    value: 'file',
    help: 'configuration (causeway.yaml here or above)',
  },
  'no-config': {
    option: { type: 'boolean' },
    help: 'read no configuration',
  },
  baseline: {
    option: { type: 'string' },
    value: 'file',
    help: 'tolerate the findings that this file lists (causeway-baseline.json here or above)',
  },
  'no-baseline': {
    option: { type: 'boolean' },
    help: 'tolerate nothing',
  },
  'update-baseline': {
    option: { type: 'boolean' },
    help: 'write the present findings to the baseline; what was not checked stays in it',
  },
  fix: {
    option: { type: 'boolean' },
    help: 'correct what is safe to correct',
  },
  'follow-urls': {
    option: { type: 'string', multiple: true },
    value: 'host',
    help: 'read URLs of this host that Locations name; repeatable',
  },
  'stdin-filename': {
    option: { type: 'string' },
    value: 'path',
    help: 'the name under which standard input ("-") is checked',
  },
  'pass-with-no-files': {
    option: { type: 'boolean' },
    help: 'finding no file is no fault',
  },
  quiet: {
    option: { type: 'boolean', short: 'q' },
    help: 'only what makes the check fail',
  },
  verbose: {
    option: { type: 'boolean', short: 'v' },
    help: 'list also the references that could not be judged',
  },
  color: {
    option: { type: 'boolean' },
    help: 'colours even where the output is no terminal',
  },
  'no-color': { option: { type: 'boolean' }, help: 'no colours' },
  ...liveOptions,
  help: { option: { type: 'boolean', short: 'h' }, help: 'this text' },
};
