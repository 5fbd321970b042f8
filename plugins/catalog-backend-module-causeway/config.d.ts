import type { HumanDuration } from '@backstage/types';

export interface Config {
  causeway?: {
    catalog?: {
      /** How often the estate's feed is asked when no event says that it has something. Defaults to 10 seconds. */
      poll?: HumanDuration | string;

      /** How often the feed is read from its beginning, so that whatever the catalog lost or kept wrongly is put right. Defaults to 24 hours. */
      reconcile?: HumanDuration | string;

      /** How often inferred Components that a hand-written one displaced are looked for, to send them again once that one is gone. Defaults to 30 seconds. */
      restore?: HumanDuration | string;

      /**
       * Whether Causeway's relation pairs and annotations are declared in the catalog's model.
       * With any layer declared, the catalog validates core kinds through its model instead of its built-in processor. Defaults to false.
       */
      modelLayer?: boolean;
    };
  };
}
