import { lazy } from '../cli/lazy';
import { ValidationResult } from '../engine/Result';

/** Names of the output formats. */
export const formatNames = [
  'text',
  'json',
  'sarif',
  'junit',
  'github',
  'markdown',
] as const;

/** One output format. */
export type FormatName = (typeof formatNames)[number];

/** What a format may depend on besides the result. */
export interface FormatOptions {
  /** Colour and emphasis by terminal codes. */
  color: boolean;
  /** Only what makes the run fail. */
  quiet: boolean;
  /** Also what is summed up otherwise. */
  verbose: boolean;
  /** When the run began. */
  startedAt: Date;
  /** How long it took, in milliseconds. */
  duration: number;
  version: string;
}

/** Turns a result into text. */
export type Formatter = (
  result: ValidationResult,
  options: FormatOptions,
) => string | Promise<string>;

/** Loads the formatter of a name; each is loaded only when it is asked for. */
export async function loadFormatter(name: FormatName): Promise<Formatter> {
  switch (name) {
    case 'json':
      return (await lazy(import('./json'))).formatJson;
    case 'sarif':
      return (await lazy(import('./sarif'))).formatSarif;
    case 'junit':
      return (await lazy(import('./junit'))).formatJunit;
    case 'github':
      return (await lazy(import('./github'))).formatGithub;
    case 'markdown':
      return (await lazy(import('./markdown'))).formatMarkdown;
    default:
      return (await lazy(import('./text'))).formatText;
  }
}
