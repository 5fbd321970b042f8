export interface Config {
  causeway?: {
    portal?: {
      /**
       * References of the Groups whose members may change the portal itself: register and unregister catalog locations, refresh and delete entities, and whatever else its plugins guard with a permission that is not for reading.
       * Without any, nobody may.
       */
      platformGroups?: string[];

      /** Names of permissions, beyond reading, that everybody who is signed in has. */
      everyoneMay?: string[];
    };
  };
}
