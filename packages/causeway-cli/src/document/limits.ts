/** Bounds of what is read, so that no input can exhaust time or memory. */
export interface Limits {
  /** Bytes of one file. */
  fileBytes: number;
  /** Levels of nesting in one document. */
  depth: number;
  /** Values that aliases may expand to in one document. */
  aliases: number;
  /** Keys, values and marks of one document. */
  tokens: number;
  /** Documents of one file. */
  documents: number;
  /** Files of one run. */
  files: number;
  /** Findings that are kept; the rest is only counted. */
  findings: number;
}

/** The bounds that hold unless the configuration says otherwise. */
export const defaultLimits: Limits = {
  fileBytes: 10 * 1024 * 1024,
  depth: 64,
  aliases: 100,
  tokens: 750_000,
  documents: 100_000,
  files: 100_000,
  findings: 10_000,
};
