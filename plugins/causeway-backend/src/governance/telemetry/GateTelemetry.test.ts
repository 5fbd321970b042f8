import {
  createNoopMeter,
  type Meter,
  type Span,
  type SpanOptions,
  type SpanStatus,
  type Tracer,
} from '@opentelemetry/api';
import { GateTelemetry } from './GateTelemetry';

type Point = [string, number, unknown];

/** A meter that keeps what it is told. */
function recordingMeter() {
  const points: Point[] = [];
  const gauges: ((result: unknown) => Promise<void>)[] = [];
  const instrument = (name: string) => ({
    add: (value: number, attributes: unknown) =>
      points.push([name, value, attributes]),
    record: (value: number, attributes: unknown) =>
      points.push([name, value, attributes]),
  });
  const meter = {
    ...createNoopMeter(),
    createCounter: instrument,
    createHistogram: instrument,
    createObservableGauge: (name: string) => ({
      addCallback: (callback: (result: unknown) => Promise<void>) =>
        gauges.push(() =>
          callback({
            observe: (value: number, attributes: unknown) =>
              points.push([name, value, attributes]),
          }),
        ),
    }),
  } as unknown as Meter;
  return {
    meter,
    points,
    collect: () => Promise.all(gauges.map(gauge => gauge(undefined))),
  };
}

/** A tracer that keeps what it is told. */
function recordingTracer() {
  const spans: {
    name: string;
    options: SpanOptions;
    status?: SpanStatus;
    ended: boolean;
  }[] = [];
  const tracer = {
    startActiveSpan: (
      name: string,
      options: SpanOptions,
      run: (span: Span) => unknown,
    ) => {
      const kept: (typeof spans)[number] = { name, options, ended: false };
      spans.push(kept);
      return run({
        setStatus: (status: SpanStatus) => (kept.status = status),
        end: () => (kept.ended = true),
      } as unknown as Span);
    },
  } as unknown as Tracer;
  return { tracer, spans };
}

describe('GateTelemetry', () => {
  it('counts and times what the gate does', async () => {
    const { meter, points, collect } = recordingMeter();
    const telemetry = new GateTelemetry({ meter });
    telemetry.requested({
      outcome: 'review',
      tier: 2,
      operation: 'scale-workload',
    });
    telemetry.voted({ decision: 'approve', presence: 'unattested' });
    telemetry.decided(41_000, {
      state: 'approved',
      operation: 'scale-workload',
    });
    telemetry.executed(2500, {
      outcome: 'succeeded',
      operation: 'scale-workload',
    });
    telemetry.observeQueues(async () => [
      { queue: 'kubernetes/production', length: 3 },
    ]);
    await collect();
    expect(points).toEqual([
      [
        'causeway.gate.requests',
        1,
        {
          'causeway.operation': 'scale-workload',
          'causeway.tier': 2,
          'causeway.outcome': 'review',
        },
      ],
      [
        'causeway.gate.votes',
        1,
        { 'causeway.decision': 'approve', 'causeway.presence': 'unattested' },
      ],
      [
        'causeway.gate.decision.duration',
        41,
        {
          'causeway.operation': 'scale-workload',
          'causeway.state': 'approved',
        },
      ],
      [
        'causeway.gate.executions',
        1,
        {
          'causeway.operation': 'scale-workload',
          'causeway.outcome': 'succeeded',
        },
      ],
      [
        'causeway.gate.execution.duration',
        2.5,
        {
          'causeway.operation': 'scale-workload',
          'causeway.outcome': 'succeeded',
        },
      ],
      [
        'causeway.gate.queue.length',
        3,
        { 'causeway.queue': 'kubernetes/production' },
      ],
    ]);
  });

  it('keeps out whatever else it is handed, and what errors say', async () => {
    const { meter, points } = recordingMeter();
    const { tracer, spans } = recordingTracer();
    const telemetry = new GateTelemetry({ meter, tracer });
    const more = { reason: 'hunter2', by: 'user:default/ada' } as {};
    telemetry.voted({ decision: 'deny', ...more });
    await expect(
      telemetry.withSpan('claim', { operation: 'x', ...more }, async () => {
        throw new RangeError('hunter2');
      }),
    ).rejects.toThrow('hunter2');
    expect(await telemetry.withSpan('claim', {}, async () => 'answer')).toBe(
      'answer',
    );
    expect(spans).toEqual([
      {
        name: 'causeway.gate.claim',
        options: { attributes: { 'causeway.operation': 'x' } },
        status: { code: 2, message: 'RangeError' },
        ended: true,
      },
      {
        name: 'causeway.gate.claim',
        options: { attributes: {} },
        ended: true,
      },
    ]);
    expect(JSON.stringify([points, spans])).not.toMatch(/hunter2|ada/);
  });

  it('does nothing where nobody set it up', async () => {
    const telemetry = new GateTelemetry();
    telemetry.executed(1, { outcome: 'failed', operation: 'x' });
    telemetry.observeQueues(async () => []);
    expect(await telemetry.withSpan('x', {}, async () => 1)).toBe(1);
  });
});
