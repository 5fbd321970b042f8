import { createEstateStatus } from '../testing/estateStatus';
import {
  filterSources,
  needsAttention,
  oldestConfirmation,
  sourceState,
} from './partitions';

const status = createEstateStatus();
const source = (id: string) => status.sources.find(s => s.id === id)!;

describe('what needs attention', () => {
  it('is stale, held and unreadable, but neither waiting nor absent', () => {
    const ids = status.sources
      .flatMap(({ partitions }) => partitions)
      .filter(needsAttention)
      .map(({ id }) => id);
    expect(ids).toEqual([
      'production-us/-/deployments.apps',
      'production-us/-/services',
      'staging/-/ingresses.networking.k8s.io',
    ]);
  });
});

describe('sourceState', () => {
  it('is that of the worst partition', () => {
    expect(sourceState(source('production-eu'))).toBe('fresh');
    expect(sourceState(source('production-us'))).toBe('stale');
    expect(sourceState(source('development'))).toBe('waiting');
    expect(sourceState({ ...source('staging'), partitions: [] })).toBe(
      'waiting',
    );
  });
});

describe('oldestConfirmation', () => {
  it('leaves out what was never complete', () => {
    expect(oldestConfirmation(source('production-us'))).toBe(
      status.now - 47 * 60_000,
    );
    expect(
      oldestConfirmation({ ...source('staging'), partitions: [] }),
    ).toBeUndefined();
  });
});

describe('filterSources', () => {
  const ids = (only: 'all' | 'attention', search: string) =>
    filterSources(status, { only, search }).map(
      ({ id, partitions }) => `${id}: ${partitions.length}`,
    );

  it('keeps every partition of a source whose name matches', () => {
    expect(ids('all', ' GitHub ')).toEqual(['github: 2']);
    expect(ids('all', 'production')).toEqual([
      'production-eu: 6',
      'production-us: 6',
    ]);
  });

  it('keeps only matching partitions of the others', () => {
    expect(ids('all', 'applications')).toEqual(['argocd-prod: 1']);
    expect(ids('all', 'forbidden')).toEqual(['production-us: 1']);
  });

  it('narrows to what needs attention', () => {
    expect(ids('attention', '')).toEqual(['production-us: 2', 'staging: 1']);
    expect(ids('attention', 'ingress')).toEqual(['staging: 1']);
    expect(ids('attention', 'nowhere')).toEqual([]);
  });
});
