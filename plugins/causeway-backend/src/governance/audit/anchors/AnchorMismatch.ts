/**
 * The trail, the checkpoints in the database and those elsewhere do not fit
 * each other: signing on, or writing on, would vouch for what somebody changed.
 */
export class AnchorMismatch extends Error {
  override readonly name = 'AnchorMismatch';
}
