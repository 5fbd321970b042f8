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
) => string;
