import {
  worstHealth,
  type EntityCondition,
  type Health,
} from '@causeway/backstage-plugin-causeway-common';
import type { ObservedCondition } from '../observations/model';
import { safeText } from './text';

const kept = 16;

function readStatus(status: string): EntityCondition['status'] {
  return status === 'True' || status === 'False' ? status : 'Unknown';
}

/** Conditions fit to be shown; `undefined` where there are none. */
export function toConditions(
  conditions: readonly ObservedCondition[] | undefined,
): EntityCondition[] | undefined {
  if (!conditions?.length) {
    return undefined;
  }
  return conditions.slice(0, kept).map(({ type, status, reason, message }) => ({
    type: safeText(type, 128) ?? '',
    status: readStatus(status),
    reason: safeText(reason, 128),
    message: safeText(message, 256),
  }));
}

/** Conditions that are `True` where all is well. All others are shown and decide nothing. */
const wanted = new Set([
  'Accepted',
  'Available',
  'Established',
  'Healthy',
  'Offered',
  'Programmed',
  'Ready',
  'ResolvedRefs',
  'Synced',
  'Validated',
]);

/** Conditions that are `True` where something is wrong. */
const unwanted = new Set(['Degraded', 'Failed', 'Stalled', 'ReplicaFailure']);

/** Reasons of work in progress, as Crossplane, Gateway API and Kargo give them. */
const underWay =
  /^(Creating|Deleting|Installing|Pending|Progressing|Promoting|Reconciling|Updating|Upgrading|Verifying|Waiting)/;

const paused = /^(ReconcilePaused|Paused|Suspended)/;

function healthOf({ type, status, reason = '' }: EntityCondition): Health[] {
  if (unwanted.has(type)) {
    return status === 'True' ? ['degraded'] : [];
  }
  if (!wanted.has(type)) {
    return [];
  }
  if (status === 'True') {
    return ['healthy'];
  }
  if (paused.test(reason)) {
    return ['suspended'];
  }
  if (underWay.test(reason)) {
    return ['progressing'];
  }
  return [status === 'False' ? 'degraded' : 'unknown'];
}

/**
 * The health that well-known conditions amount to: that of the worst of them,
 * `unknown` where none says anything. Conditions that only their own
 * controller knows are shown, and decide nothing.
 */
export function healthOfConditions(
  conditions: readonly EntityCondition[] | undefined,
): Health | undefined {
  return conditions && (worstHealth(conditions.flatMap(healthOf)) ?? 'unknown');
}
