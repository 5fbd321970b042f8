import type { ClusterConnection } from './ClusterConnection';

interface Opened {
  at: number;
  connection: Promise<ClusterConnection>;
  users: number;
  /** Runs while nobody uses it. */
  closing?: NodeJS.Timeout;
}

/** Milliseconds that a connection is handed out; then credentials are read again. */
const age = 15_000;

/**
 * Hands one connection to all that ask for it within a short time: the lists
 * and watches of a cluster begin together, and each would otherwise read the
 * credentials and negotiate TLS by itself. A connection is closed when its last
 * user is done with it and nobody else has come for `idleFor`; after a failure
 * nobody new gets it.
 */
export class SharedConnection {
  readonly #connect: () => Promise<ClusterConnection>;

  readonly #now: () => number;

  readonly #idleFor: number;

  #opened?: Opened;

  constructor(options: {
    connect: () => Promise<ClusterConnection>;
    now: () => number;
    /** Milliseconds that it waits for somebody else, less than a server waits; none unless told. */
    idleFor?: number;
  }) {
    this.#connect = options.connect;
    this.#now = options.now;
    this.#idleFor = options.idleFor ?? 0;
  }

  /** A connection to use until `close` is called, once; `fail` says that it may be to blame for something. */
  async acquire(): Promise<ClusterConnection & { fail(): void }> {
    const now = this.#now();
    if (this.#opened && now - this.#opened.at > age) {
      this.#forget(this.#opened);
    }
    this.#opened ??= {
      at: now,
      connection: this.#connect(),
      users: 0,
    };
    const opened = this.#opened;
    opened.users += 1;
    clearTimeout(opened.closing);
    try {
      const connection = await opened.connection;
      return {
        ...connection,
        close: () => this.#release(opened, connection),
        fail: () => this.#forget(opened),
      };
    } catch (error) {
      this.#forget(opened);
      throw error;
    }
  }

  /** Nobody new gets it. */
  #forget(opened: Opened) {
    if (this.#opened === opened) {
      this.#opened = undefined;
    }
  }

  #release(opened: Opened, connection: ClusterConnection) {
    opened.users -= 1;
    if (opened.users > 0) {
      return;
    }
    const close = () => {
      this.#forget(opened);
      connection.close();
    };
    if (this.#idleFor > 0 && this.#opened === opened) {
      opened.closing = setTimeout(close, this.#idleFor).unref();
    } else {
      close();
    }
  }
}
