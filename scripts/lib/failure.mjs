/** An error whose message is all that a person needs: no stack trace is shown. */
export class Failure extends Error {
  /** @param {string} message what, where, what to do */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a script's main function; a {@link Failure} ends it with its message only. */
export async function run(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`\n${error.message}\n`);
    process.exit(error.exitCode);
  }
}
