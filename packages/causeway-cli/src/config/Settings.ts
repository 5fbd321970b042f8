import { Limits } from '../document/limits';
import { RuleSetting } from '../findings/finding';

/** Everything that decides what a run checks and how strictly. */
export interface Settings {
  /** Folder that the patterns of the configuration are relative to. */
  folder: string;
  paths: string[];
  ignore: string[];
  /** Whether the files are the whole catalog. */
  complete: boolean;
  failOn: 'error' | 'warning';
  preset: 'recommended' | 'strict';
  rules: Record<string, RuleSetting>;
  overrides: { files: string[]; rules: Record<string, RuleSetting> }[];
  kinds: {
    /** Modules that export catalog model layers. */
    layers: string[];
    schemas: SchemaSource[];
  };
  annotations: Record<string, { pattern?: string; expected?: string }>;
  templates: { actions: string[]; fields: string[]; filters: string[] };
  /** Hosts whose URLs Location targets may be read from. */
  followUrls: string[];
  snapshot?: string;
  /** Locations whose entities the files stand for, so that the snapshot's copies do not count. */
  ownLocations: string[];
  baseline?: string;
  limits: Limits;
}

/** A JSON schema of a kind of one's own. */
export interface SchemaSource {
  file: string;
  references: {
    path: string;
    kinds?: string[];
    defaultKind?: string;
    relation?: string;
  }[];
}
