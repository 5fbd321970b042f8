export interface Config {
  causeway?: {
    /** Signing in as people of the simulated estate. Only for demonstrations and tests: see the conditions in the documentation of the simulated estate. */
    personas?: {
      /** Address of the simulated estate, on loopback: `http://127.0.0.1:7100`. */
      simulator: string;

      /**
       * Lets personas exist although NODE_ENV is not `development`: for benchmarks and browser tests of production builds.
       * The other conditions stay: every source is the simulated estate, and the backend listens on loopback. Defaults to false.
       */
      dangerouslyEnableOutsideDevelopment?: boolean;
    };
  };

  auth?: {
    providers?: {
      /** The provider that personas sign in with; it takes no settings. */
      personas?: { [key: string]: never };
    };
  };
}
