import { SourceError } from '@causeway/backstage-plugin-causeway-node';

/** Refusals in a row after which nothing more of the kind is asked: the credentials lack a right. */
const patience = 5;

/**
 * What GitHub would not tell in the course of one list. A refusal about one
 * repository stops no other; the list says so at its end.
 */
export class Refusals {
  #inARow = 0;

  #first?: SourceError;

  /** A part of an answer was left out. */
  noteParts(): void {
    this.#first ??= new SourceError({
      reason: 'forbidden',
      message:
        'GitHub leaves out a part of what comes out of repositories: grant the token or app of integrations.github read access to actions, checks, contents and deployments, see docs/operations/rbac.md',
    });
  }

  /** What `read` answers, or `undefined` where GitHub refuses it; every other failure is thrown. */
  async watch<T>(read: () => Promise<T>): Promise<T | undefined> {
    if (this.#inARow >= patience) {
      return undefined;
    }
    try {
      const value = await read();
      this.#inARow = 0;
      return value;
    } catch (error) {
      if (!(error instanceof SourceError)) {
        throw error;
      }
      // A repository that went away since, or whose feature is switched off.
      if (error.reason === 'not-found') {
        return undefined;
      }
      if (error.reason !== 'forbidden') {
        throw error;
      }
      this.#first ??= error;
      this.#inARow += 1;
      return undefined;
    }
  }

  /** Throws the first refusal, where there was one. */
  throwAny(): void {
    if (this.#first) {
      throw this.#first;
    }
  }
}
