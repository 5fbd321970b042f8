/**
 * What of an entry is chained.
 *
 * @public
 */
export interface ChainLink {
  /** Counts from 1 without a gap. */
  seq: number;
  /** RFC 8785 form of the entry. */
  canonical: string;
  /** SHA-256, hex, over the previous hash's bytes and the canonical text's. */
  hash: string;
  /** Hash of the entry before; {@link genesisHash} for the first. */
  previous: string;
  /** The columns that one searches by, as the canonical text's beginning and end. */
  edges?: Edges;
}

/**
 * Columns of an entry, as they stand in its canonical text. RFC 8785 orders
 * keys (`action`, `at`, `by`, `detail`, `requestId`, `seq`, `subject`,
 * `texts`, `type`), so they are its beginning and its end.
 *
 * @public
 */
export interface Edges {
  beginning: string;
  end: string;
}

/**
 * One entry of the audit trail as it is stored: the canonical text that was
 * hashed, and beside it the columns that one searches by.
 *
 * @public
 */
export interface StoredEntry extends Omit<ChainLink, 'edges'> {
  /** Epoch milliseconds. */
  at: number;
  type: string;
  action: string;
  by: string;
  requestId?: string;
  subject?: string;
}

/**
 * Text that may have to be erased. The chain holds its salted hash, so that
 * the chain stays whole when the text and its salt are gone.
 *
 * @public
 */
export interface StoredText {
  /** Entry that it belongs to. */
  seq: number;
  field: string;
  /** Hex; absent once it was erased. */
  salt?: string;
  text?: string;
}

/**
 * Where the chain ends.
 *
 * @public
 */
export interface ChainHead {
  /** 0 for an empty trail. */
  seq: number;
  hash: string;
}

/**
 * Where the chain once ended, as somebody kept it outside of the database.
 *
 * @public
 */
export interface Anchor extends ChainHead {
  /** Number of the signed checkpoint that says so; absent for a line that somebody wrote down. */
  checkpoint?: number;
  /** When that was signed; epoch milliseconds. */
  at?: number;
}

/**
 * What stands before the first entry.
 *
 * @public
 */
export const genesisHash = '0'.repeat(64);
