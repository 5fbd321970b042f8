import type { CompanySeed } from '../model';
import type { Placements } from './placements';

/** What a part of the golden graph is written to. */
export interface GoldenSink {
  entity(ref: string, type: string): void;
  edge(source: string, type: string, target: string): void;
  /** `ownedBy` a team; nothing for nobody's. */
  own(ref: string, team: string | undefined): void;
}

/** The entities and edges that one kind of thing amounts to. */
export type GoldenPart = (
  company: CompanySeed,
  placements: Placements,
  sink: GoldenSink,
) => void;
