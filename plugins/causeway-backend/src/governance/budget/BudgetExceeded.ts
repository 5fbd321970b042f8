import { ConflictError } from '@backstage/errors';

/** A limit as it was held against a reservation; amounts per hour. */
export interface LimitHold {
  name: string;
  action: 'alert' | 'hard' | 'auto-stop';
  limit: number;
  /** Before. */
  spent: number;
  /** With the reservation. */
  value: number;
  exceeded: boolean;
}

/** A reservation would have exceeded a hard limit; nothing was reserved. */
export class BudgetExceeded extends ConflictError {
  readonly hold: LimitHold;

  constructor(hold: LimitHold) {
    super(
      `The limit ${hold.name} allows ${hold.limit} an hour; ${hold.spent} are taken, and this would make it ${hold.value}. Wait until others end, or ask for less.`,
    );
    this.hold = hold;
  }
}
