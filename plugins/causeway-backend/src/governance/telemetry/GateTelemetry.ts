import {
  type Attributes,
  type Meter,
  metrics,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';

const scope = 'causeway.gate';

/**
 * All that spans and metrics of the gate may say: names that configuration
 * and code know, and none that a person, an agent or a tenant wrote.
 */
export interface GateAttributes {
  /** Name of an operation that is registered. */
  operation?: string;
  tier?: 1 | 2 | 3;
  /** What an assessment or an execution came to. */
  outcome?: string;
  decision?: 'approve' | 'deny' | 'withdraw';
  presence?: 'attested' | 'unattested';
  /** Id of the source whose queue it is. */
  queue?: string;
  /** State of a request. */
  state?: string;
}

/** Seconds. */
const boundaries = [
  1, 5, 15, 30, 60, 120, 300, 900, 3600, 14_400, 86_400,
] as const;

const allowed: readonly (keyof GateAttributes)[] = [
  'operation',
  'tier',
  'outcome',
  'decision',
  'presence',
  'queue',
  'state',
];

/** Spans and metrics of the gate, through the API of OpenTelemetry: nothing happens where nobody set it up. */
export class GateTelemetry {
  readonly #tracer: Tracer;

  readonly #counts: Record<
    'requests' | 'votes' | 'executions',
    (attributes: GateAttributes) => void
  >;

  readonly #decision: (ms: number, attributes: GateAttributes) => void;

  readonly #execution: (ms: number, attributes: GateAttributes) => void;

  readonly #meter: Meter;

  constructor(options: { meter?: Meter; tracer?: Tracer } = {}) {
    this.#meter = options.meter ?? metrics.getMeter(scope);
    this.#tracer = options.tracer ?? trace.getTracer(scope);
    const counter = (name: string, description: string) => {
      const instrument = this.#meter.createCounter(name, { description });
      return (attributes: GateAttributes) =>
        instrument.add(1, pick(attributes));
    };
    const histogram = (name: string, description: string) => {
      const instrument = this.#meter.createHistogram(name, {
        description,
        unit: 's',
        // People take from seconds to days; the usual boundaries end at ten seconds.
        advice: { explicitBucketBoundaries: [...boundaries] },
      });
      return (ms: number, attributes: GateAttributes) =>
        instrument.record(ms / 1000, pick(attributes));
    };
    this.#counts = {
      requests: counter(
        'causeway.gate.requests',
        'Requests by what policy made of them',
      ),
      votes: counter(
        'causeway.gate.votes',
        'Votes that were cast or taken back',
      ),
      executions: counter(
        'causeway.gate.executions',
        'Executions by what came of them',
      ),
    };
    this.#decision = histogram(
      'causeway.gate.decision.duration',
      'From submission until people decided',
    );
    this.#execution = histogram(
      'causeway.gate.execution.duration',
      'From approval until the outcome',
    );
  }

  /** A request was assessed and stored. */
  requested(
    attributes: Required<
      Pick<GateAttributes, 'outcome' | 'tier' | 'operation'>
    >,
  ): void {
    this.#counts.requests(attributes);
  }

  /** A vote was cast or taken back. */
  voted(
    attributes: Required<Pick<GateAttributes, 'decision'>> &
      Pick<GateAttributes, 'presence'>,
  ): void {
    this.#counts.votes(attributes);
  }

  /** People decided, so many milliseconds after it was asked for. */
  decided(
    ms: number,
    attributes: Required<Pick<GateAttributes, 'state' | 'operation'>>,
  ): void {
    this.#decision(ms, attributes);
  }

  /** An execution ended, so many milliseconds after its approval. */
  executed(
    ms: number,
    attributes: Required<Pick<GateAttributes, 'outcome' | 'operation'>>,
  ): void {
    this.#counts.executions(attributes);
    this.#execution(ms, attributes);
  }

  /** Has the length of each queue read whenever somebody collects metrics. */
  observeQueues(
    read: () => Promise<{ queue: string; length: number }[]>,
  ): void {
    this.#meter
      .createObservableGauge('causeway.gate.queue.length', {
        description: 'Approved requests that wait for their turn',
      })
      .addCallback(async result => {
        for (const { queue, length } of await read()) {
          result.observe(length, pick({ queue }));
        }
      });
  }

  /**
   * Runs something in a span of its own. Of an error it keeps the name: what
   * an error says may hold anything.
   */
  withSpan<T>(
    name: string,
    attributes: GateAttributes,
    run: () => Promise<T>,
  ): Promise<T> {
    return this.#tracer.startActiveSpan(
      `${scope}.${name}`,
      { attributes: pick(attributes) },
      async span => {
        try {
          return await run();
        } catch (error) {
          span.setStatus({
            code: SpanStatusCode.ERROR,
            message: error instanceof Error ? error.name : 'Error',
          });
          throw error;
        } finally {
          span.end();
        }
      },
    );
  }
}

/** Types keep others out when it is compiled; this does when it runs. */
function pick(attributes: GateAttributes): Attributes {
  return Object.fromEntries(
    allowed
      .map(name => [`causeway.${name}`, attributes[name]] as const)
      .filter(([, value]) => value !== undefined),
  );
}
