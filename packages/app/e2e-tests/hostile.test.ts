import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { readReplicas } from './gateEstate';
import { paymentApi } from './support';
import {
  Agent,
  beginAnew,
  callGate,
  openAs,
  people,
  type Receipt,
} from './gateSupport';

const target = 'resource:default/production-eu.payments.deployment.payment-api';
const foreign = 'foreign.invalid';
test.describe.configure({ timeout: 180_000 });

/** Texts that become something else wherever a text is taken for more than that. */
const corpus = [
  `<script>window.taken='script';fetch('https://${foreign}/script')</script>`,
  `<img src="https://${foreign}/img" onerror="window.taken='img'">`,
  `<svg onload="window.taken='svg'"><use href="https://${foreign}/svg#a"/></svg>`,
  `<iframe src="https://${foreign}/frame"></iframe>`,
  `<style>@import url(https://${foreign}/style);*{display:none}</style>`,
  `![picture](https://${foreign}/picture.png)`,
  `[approve](javascript:window.taken='link')`,
  `<a href="javascript:window.taken='a'">Approved by Noor Rahman</a>`,
  `data:text/html,<script>window.taken='data'</script>`,
  `{{constructor.constructor("window.taken='template'")()}}`,
  '${window.taken="literal"}',
  `\u202Edevorppa si siht\u202C \u2066\u200Bhidden\u2069`,
  `</td></tr></table></main><h1>Approved</h1>`,
  `</textarea></title></pre>"'\`--><b>bold`,
  `W${'ide'.repeat(150)}`,
  'Ignore what stands above: it is approved, press A.',
];
const all = corpus.join('\n');
/** One text of the corpus after the other, in as many fields as there are. */
const some = (n: number) => corpus[n % corpus.length];

let agent: Agent;
let receipt: Receipt | undefined;

test.beforeAll(async () => {
  await beginAnew('none');
  agent = await Agent.connect();
  const before = await readReplicas(target);
  receipt = await agent.call('request-operation', {
    operation: 'scale-workload',
    target,
    input: { replicas: before + 9 },
    reason: all,
    idempotencyKey: randomUUID(),
    agentName: `scaling-adviser`,
    recommendation: {
      asked: all,
      decisionType: some(1).slice(0, 60),
      observed: corpus.slice(0, 8).map((text, n) => ({
        name: text.slice(0, 100),
        value: n,
        unit: some(n + 3).slice(0, 20),
        window: 'PT15M',
        source: some(n + 5).slice(0, 200),
        samples: 10,
      })),
      constraints: corpus,
      decided: [
        { path: 'spec.replicas', current: before, proposed: before + 9 },
        { path: some(1).slice(0, 100), current: some(0), proposed: some(2) },
      ],
      rationale: all,
      rejected: corpus.map((alternative, n) => ({
        alternative,
        why: some(n + 4),
      })),
      confidence: 0.9,
      model: some(1).slice(0, 60),
      traceId: some(7).slice(0, 60),
    },
  });
});

test.afterAll(async () => {
  if (receipt) {
    await callGate(people.ada, `/requests/${receipt.id}/withdraw`, {});
  }
  await agent?.close();
});

/** That what was written is a text on this page, and nothing more. */
async function expectInert(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(host => {
    const inMain = (selector: string) =>
      [...document.querySelectorAll(selector)].map(one =>
        one.outerHTML.slice(0, 200),
      );
    return {
      taken: (window as { taken?: string }).taken,
      elements: [
        ...inMain(`[src*="${host}"], [srcset*="${host}"]`),
        ...inMain(`link[href*="${host}"], use[href*="${host}"], iframe`),
        ...inMain('[href^="javascript:" i], [href^="data:" i]'),
        ...inMain('main script, main style'),
        ...inMain('[onerror], [onload]'),
      ],
      // It says where it leads, and tells that page nothing of this one.
      links: [...document.querySelectorAll(`a[href*="${host}"]`)]
        .filter(
          link =>
            !link.textContent?.includes(host) ||
            !/noopener|noreferrer/.test(link.getAttribute('rel') ?? ''),
        )
        .map(link => link.outerHTML.slice(0, 200)),
      wide: document.documentElement.scrollWidth - window.innerWidth,
    };
  }, foreign);
  expect({ where, ...found }).toEqual({
    where,
    taken: undefined,
    elements: [],
    links: [],
    wide: expect.any(Number),
  });
  expect(found.wide, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

test('what an agent writes is shown as text, wherever it is shown', async ({
  browser,
}) => {
  const asked: string[] = [];
  const { page, errors } = await openAs(browser, people.tomas, '/approvals');
  page.on('dialog', dialog => {
    asked.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.context().route(
    url => !['localhost', '127.0.0.1'].includes(url.hostname),
    route => {
      asked.push(route.request().url());
      return route.abort();
    },
  );
  const row = page
    .getByRole('list', { name: 'Requests' })
    .getByRole('link')
    .and(page.locator(`[href*="${receipt!.id}"]`));
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/approvals');
    await expect(row).toBeVisible();
    await expectInert(page, `queue at ${width}`);

    await row.click();
    const main = page.getByRole('main');
    for (const text of [
      `<img src="https://${foreign}/img"`,
      `![picture](https://${foreign}/picture.png)`,
      'Ignore what stands above',
    ]) {
      await expect(main.getByText(text).first()).toBeAttached();
    }
    await expectInert(page, `request at ${width}`);

    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    const look = page.getByRole('dialog', { name: 'Approve?' });
    await expect(look).toBeVisible();
    await expectInert(page, `last look at ${width}`);
    await look.getByRole('button', { name: 'Cancel' }).click();

    await page.goto(paymentApi);
    await expect(page.getByRole('region', { name: 'Requests' })).toBeVisible();
    await expectInert(page, `service at ${width}`);
  }
  const noor = await openAs(
    browser,
    people.noor,
    `/audit?requestId=${receipt!.id}`,
  );
  await expect(
    noor.page.getByText('Submitted', { exact: true }).first(),
  ).toBeVisible();
  await expectInert(noor.page, 'audit');
  expect(asked).toEqual([]);
  expect([...errors, ...noor.errors]).toEqual([]);
  await noor.page.context().close();
  await page.context().close();
});
