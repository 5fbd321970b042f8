import type { SourceStatus } from '@causeway/backstage-plugin-causeway-common';

/** One partition as the status tells it. */
export type SourcePartitionStatus = SourceStatus['partitions'][number];
