import { StatusError } from '../objects/StatusError';

/** The forms in which objects can be asked for. */
export type Representation = 'object' | 'PartialObjectMetadata' | 'Table';

const accepted = 'application/json';

/**
 * The best form that an Accept header allows. Aggregated discovery and
 * protobuf are passed over, as a server does that has neither.
 *
 * @throws StatusError 406 when nothing acceptable is left
 */
export function negotiate(accept: string | undefined): Representation {
  if (!accept) return 'object';
  for (const clause of accept.split(',')) {
    const [mediaType, ...parameters] = clause.split(';').map(s => s.trim());
    const options = new Map(
      parameters.map(parameter => parameter.split('=') as [string, string]),
    );
    const as = options.get('as');
    if (
      mediaType !== accepted &&
      mediaType !== '*/*' &&
      mediaType !== 'application/*'
    ) {
      continue;
    }
    if (as === undefined) return 'object';
    if (options.get('g') !== 'meta.k8s.io') continue;
    if (as === 'Table') return 'Table';
    if (as.startsWith('PartialObjectMetadata')) return 'PartialObjectMetadata';
  }
  throw new StatusError({
    code: 406,
    reason: 'NotAcceptable',
    message: `only the following media types are accepted: ${accepted}`,
  });
}
