import { config, smallEstate } from '../../__testUtils__/estates';
import { observe } from '../../__testUtils__/observations';
import type { Observation, ObservedRoute } from '../../observations/model';
import { reduceRoute } from '../../sources/kubernetes/reduce/Route';
import { project } from '../project';

const cluster = 'production-eu';
const edge = (observations: Observation[], type: string, to: string) =>
  project(observations, config).edges.find(
    one => one.type === type && one.to === `resource:default/${cluster}.${to}`,
  );

describe('the Gateway API', () => {
  const grant = (from: string, name?: string) =>
    observe('ReferenceGrant', cluster, 'payments/to-shop', {
      meta: { uid: 'g', name: 'to-shop', namespace: 'payments' },
      from: [{ kind: 'HTTPRoute', namespace: from }],
      to: [{ kind: 'Service', name }],
    });

  it.each([
    ['nothing', [], 'likely'],
    ['a grant for all Services', [grant('shop')], 'certain'],
    ['a grant for the Service', [grant('shop', 'payment-api')], 'certain'],
    ['a grant for another Service', [grant('shop', 'other')], 'likely'],
    ['a grant for another namespace', [grant('evil')], 'likely'],
  ])(
    'is as sure of a backend in another namespace as %s allows',
    (_what, grants, confidence) => {
      expect(
        edge(
          [...smallEstate(), ...grants],
          'exposes',
          'payments.deployment.payment-api',
        ),
      ).toMatchObject({ rule: 'route-backend', confidence });
    },
  );

  it('knows the class of a gateway, and whether it is accepted', () => {
    const estate = [
      ...smallEstate().map(one =>
        one.kind === 'Gateway'
          ? { ...one, data: { ...one.data, className: 'envoy' } }
          : one,
      ),
      observe('GatewayClass', cluster, 'envoy', {
        meta: { uid: 'c', name: 'envoy' },
        controller: 'gateway.envoyproxy.io/gatewayclass-controller',
        conditions: [
          { type: 'Accepted', status: 'False', reason: 'InvalidParameters' },
        ],
      }),
    ] as Observation[];
    expect(edge(estate, 'uses', 'gatewayclass.envoy')).toMatchObject({
      from: `resource:default/${cluster}.shop.gateway.public`,
      confidence: 'certain',
    });
    expect(
      project(estate, config).contexts.find(({ ref }) =>
        ref.endsWith('gatewayclass.envoy'),
      ),
    ).toMatchObject({ health: 'degraded' });
  });

  it('tells what the parents of a route say, the worst of each type', () => {
    const parent = (accepted: string, resolved: string) => ({
      conditions: [
        { type: 'Accepted', status: accepted, reason: 'Because' },
        { type: 'ResolvedRefs', status: resolved, reason: 'BackendNotFound' },
      ],
    });
    const data = reduceRoute('TLSRoute')({
      metadata: { name: 'r', namespace: 'shop' },
      spec: { parentRefs: [{ name: 'public' }] },
      status: { parents: [parent('True', 'False'), parent('True', 'True')] },
    }) as ObservedRoute;
    expect(data).toMatchObject({ routeKind: 'TLSRoute', accepted: true });
    const { contexts, edges } = project(
      [...smallEstate(), observe('Route', cluster, 'shop/r', data)],
      config,
    );
    const ref = `resource:default/${cluster}.shop.tlsroute.r`;
    expect(contexts.find(context => context.ref === ref)).toMatchObject({
      health: 'degraded',
      conditions: [
        { type: 'Accepted', status: 'True' },
        { type: 'ResolvedRefs', status: 'False', reason: 'BackendNotFound' },
      ],
    });
    expect(edges).toContainEqual(
      expect.objectContaining({
        from: `resource:default/${cluster}.shop.gateway.public`,
        type: 'exposes',
        to: ref,
      }),
    );
  });
});
