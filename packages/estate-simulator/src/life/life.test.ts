import { viewApplication } from '../argocd/application';
import { asObject } from '../argocd/json';
import { GitHubModel } from '../github/GitHubModel';
import { createManualTimers } from '../kubernetes/Timers';
import { meridian } from '../seed/meridian';
import { buildWorld } from '../world/buildWorld';
import { startLife } from './startLife';

function livingEstate(seed: number) {
  const timers = createManualTimers();
  const { world, close } = buildWorld({
    company: meridian,
    now: () => new Date('2026-11-20T09:00:00Z'),
    timers,
  });
  const github = new GitHubModel({
    world,
    webUrl: 'https://github.com',
    assetsUrl: 'http://127.0.0.1',
  });
  const happened: string[] = [];
  const life = startLife({
    world,
    github,
    timers,
    seed,
    everyMs: 20_000,
    onHappening: what => happened.push(what),
  });
  return { timers, world, github, life, happened, close };
}

describe('the life of the estate', () => {
  it('lets the same things happen for the same seed, and heals', () => {
    const one = livingEstate(7);
    const two = livingEstate(7);
    const before = one.world.repository('deployments').log().length;
    for (let minute = 0; minute < 5; minute++) {
      one.timers.advance(60_000);
      two.timers.advance(60_000);
    }
    expect(one.happened).toHaveLength(15);
    expect(two.happened).toEqual(one.happened);
    expect(one.happened.join('\n')).toMatch(/was released to/);
    expect(one.happened.join('\n')).toMatch(/Pull request #\d+ released/);
    expect(one.happened.join('\n')).toMatch(/scaled/);
    expect(one.world.repository('deployments').log().length).toBeGreaterThan(
      before,
    );

    one.life.stop();
    // What is deployed automatically is in order again soon after.
    one.timers.advance(60_000);
    const late = [...one.world.argocd.values()].flatMap(controller =>
      controller
        .applications()
        .map(viewApplication)
        .filter(
          ({ automated, status }) =>
            automated && asObject(status.sync).status !== 'Synced',
        )
        .map(({ name }) => name),
    );
    expect(late).toEqual([]);
    expect(one.happened).toHaveLength(15);
    one.close();
    two.life.stop();
    two.close();
    expect(one.timers.pending).toBe(0);
  }, 60_000);
});
