import { expect, test, type Browser, type Page } from '@playwright/test';
import type {
  AuditPage,
  AuditVerification,
  GateStatus,
} from '@causeway/backstage-plugin-causeway-common';
import { declareFreeze, liftFreeze, readReplicas } from './gateEstate';
import { inspectLooks } from './gateLooks';
import { paymentApi } from './support';
import {
  adviseToScale,
  Agent,
  beginAnew,
  callGate,
  falseName,
  haltReason,
  openAs,
  patient,
  people,
  readRequest,
  type Receipt,
  type Somebody,
  type Window,
} from './gateSupport';

const deployment = (place: string) => `resource:default/${place}`;
const targets = {
  europe: deployment('production-eu.payments.deployment.payment-api'),
  america: deployment('production-us.payments.deployment.payment-api'),
  staging: deployment('staging.payments.deployment.payment-api'),
  /** A neighbour whose replicas Git sets. */
  accounts: deployment('production-eu.core-banking.deployment.accounts'),
};

const freeze = 'quarter-end';
test.describe.configure({ timeout: 300_000 });

let agent: Agent;
let windows: Window[] = [];

test.beforeAll(async () => {
  liftFreeze();
  await beginAnew(freeze);
  agent = await Agent.connect();
});

test.afterEach(async () => {
  for (const { page } of windows) {
    await page.context().close();
  }
  const errors = windows.flatMap(one => one.errors);
  windows = [];
  expect(errors).toEqual([]);
});

test.afterAll(async () => {
  liftFreeze();
  await beginAnew(freeze);
  await agent?.close();
});

async function open(browser: Browser, who: Somebody, path: string) {
  const opened = await openAs(browser, who, path);
  windows.push(opened);
  return opened;
}

/** The next value of a range that is not there now: no two runs ask for the same. */
const other = (now: number, [least, most]: [number, number]) =>
  now >= least && now < most ? now + 1 : least;

/** The request's line in a queue. */
const rowOf = (page: Page, { id }: Pick<Receipt, 'id'>) =>
  page
    .getByRole('list', { name: 'Requests' })
    .getByRole('link')
    .and(page.locator(`[href*="${id}"]`));

/** The two buttons, and what stands beside them. */
const decisionOf = (page: Page) =>
  page.getByRole('region', { name: 'Decision', exact: true });

/** Approves what is on the screen, after the last look, and says which digest it had. */
async function approve(page: Page): Promise<string> {
  const bar = decisionOf(page);
  const digest = (await bar.locator('code').textContent())!;
  await bar.getByRole('button', { name: 'Approve' }).click();
  const look = page.getByRole('dialog', { name: 'Approve?' });
  await expect(look).toContainText(`Your vote carries digest ${digest}`);
  await look.getByText(/^Reason:/).scrollIntoViewIfNeeded();
  await look.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('Your vote is in.')).toBeVisible();
  return digest;
}

/** Halts or resumes everything from the queue, with a reason. */
async function flipSwitch(
  page: Page,
  words: { button: string; question: string; answer: string; reason: string },
): Promise<void> {
  await page.getByRole('button', { name: words.button, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: words.question });
  await dialog.getByRole('textbox', { name: /Reason/ }).fill(words.reason);
  await dialog.getByRole('button', { name: words.answer, exact: true }).click();
  await expect(dialog).toBeHidden();
}

test('an agent recommends, two people decide, and it runs once', async ({
  browser,
}) => {
  const before = await readReplicas(targets.europe);
  // Six is what usually runs there, and half as much again runs by itself.
  const wanted = other(before, [12, 40]);
  const summary = `Scale Deployment payments/payment-api from ${before} to ${wanted} pods`;

  const tomas = await open(browser, people.tomas, '/approvals');
  const mia = await open(browser, people.mia, '/approvals');
  const noor = await open(browser, people.noor, '/approvals');
  for (const { page } of [tomas, mia, noor]) {
    await expect(page.getByRole('tab', { name: /^Wants me/ })).toBeVisible();
    await page.evaluate(() => Object.assign(window, { stayed: true }));
  }

  const receipt =
    await test.step('the agent gets an answer at once', async () => {
      const answer = await agent.scale({
        target: targets.europe,
        from: before,
        to: wanted,
      });
      expect(answer).toMatchObject({
        state: 'pending',
        tier: 2,
        decidedBy: 'policy/decisions/scale-beyond',
        why: expect.stringMatching(/^Needs 2 approvals/),
        deciders: ['payments', 'platform'],
        link: expect.stringContaining(`/approvals/${answer.id}`),
        untrusted: { summary },
      });
      expect(Date.parse(answer.expiresAt!)).toBeGreaterThan(Date.now());
      return answer;
    });
  const { id, link } = receipt;

  await test.step('it reaches those who decide while they look, and nobody else', async () => {
    for (const { page, pushed } of [tomas, noor]) {
      await expect(rowOf(page, receipt)).toContainText(summary);
      expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
      await expect.poll(() => pushed.join()).toContain(id);
    }
    await mia.page.reload();
    await expect(
      mia.page
        .getByText('Nothing wants you')
        .or(mia.page.getByRole('list', { name: 'Requests' })),
    ).toBeVisible();
    await expect(rowOf(mia.page, receipt)).toHaveCount(0);
    expect(mia.pushed.join()).not.toContain(id);
    // That it waits is no secret.
    await mia.page.getByRole('tab', { name: /^Waiting/ }).click();
    await expect(rowOf(mia.page, receipt)).toBeVisible();
  });

  await inspectLooks(tomas.page, 'queue');

  await test.step('the person it works for cannot decide, and is told why', async () => {
    const ada = await open(browser, people.ada, new URL(link).pathname);
    await expect(
      ada.page.getByRole('heading', { name: summary }),
    ).toBeVisible();
    for (const name of ['Approve', 'Deny']) {
      const button = ada.page.getByRole('button', { name, exact: true });
      await expect(button).toBeDisabled();
      await expect(button).toHaveAccessibleDescription(
        'You belong to those who asked for it, and others have to decide',
      );
    }
  });

  const digests = await test.step('two people look and approve', async () => {
    const { page } = tomas;
    await rowOf(page, receipt).click();
    await expect(page.getByRole('heading', { name: summary })).toBeVisible();
    const change = page.getByRole('table', { name: 'What will change' });
    await expect(
      change.getByRole('row').filter({ hasText: 'spec.replicas' }),
    ).toContainText(`${before} pods${wanted} pods`);
    await expect(page.getByRole('main')).toContainText(
      'Make sure that payments hold on Friday',
    );
    await inspectLooks(page, 'request');
    const first = await approve(page);
    await expect(page.getByText('1 of 2 approvals')).toBeVisible();
    expect(await readReplicas(targets.europe)).toBe(before);

    await rowOf(noor.page, receipt).click();
    return [first, await approve(noor.page)];
  });

  await test.step('the cluster changes, and the change holds', async () => {
    await expect.poll(() => readReplicas(targets.europe), patient).toBe(wanted);
    await expect(
      tomas.page.getByRole('main').getByText('Succeeded', { exact: true }),
    ).not.toHaveCount(0, patient);
    const { state, votes, digest, events } = await readRequest(id);
    expect(state).toBe('succeeded');
    expect(votes).toMatchObject([
      { voter: `user:default/${people.tomas}`, decision: 'approve', digest },
      { voter: `user:default/${people.noor}`, decision: 'approve', digest },
    ]);
    expect(digests).toEqual([digest, digest].map(one => one.slice(0, 12)));
    expect(
      events.filter(({ type }) => type === 'ExecutionStarted'),
    ).toHaveLength(1);
    expect(await readReplicas(targets.europe)).toBe(wanted);
  });

  await test.step('feedback of somebody outside counts for the agent', async () => {
    const { page } = tomas;
    const { agentRecord: earlier } = await readRequest(id);
    await page.getByRole('button', { name: 'Right', exact: true }).click();
    await page.getByLabel('Comment').fill('Friday held');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(
      page.getByRole('listitem').filter({ hasText: 'Friday held' }),
    ).toContainText('Tomáš Novák');
    const { agentRecord, feedback } = await readRequest(id);
    expect(feedback).toMatchObject([
      { by: `user:default/${people.tomas}`, verdict: 'right' },
    ]);
    // One sample a target and day: a second run of the same day adds none.
    const added = feedback[0].counts ? 1 : 0;
    expect(agentRecord).toMatchObject({
      right: earlier!.right + added,
      of: earlier!.of + added,
    });
    expect(agentRecord!.right).toBeGreaterThan(0);
    await expect(page.getByRole('main')).toContainText(
      `right in ${agentRecord!.right} of ${agentRecord!.of}`,
    );
    await inspectLooks(page, 'outcome');
  });

  await test.step('its service tells of it', async () => {
    const { page } = mia;
    await page.goto(paymentApi);
    await expect(
      page
        .getByRole('region', { name: 'Requests' })
        .getByRole('link', { name: summary })
        .first(),
    ).toHaveAttribute('href', `/approvals/${id}`);
  });

  await test.step('the trail holds', async () => {
    const { page } = noor;
    await page.goto(`/audit?requestId=${id}`);
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(
      page.getByText(/^The trail is whole: [\d,]+ entries/),
    ).toBeVisible(patient);
    const { items } = await callGate<AuditPage>(
      people.noor,
      `/audit?requestId=${id}`,
    );
    const actions = items.map(({ action }) => action);
    for (const [action, times] of [
      ['Submitted', 1],
      ['VoteCast', 2],
      ['ExecutionStarted', 1],
      ['FeedbackGiven', 1],
    ] as const) {
      expect([action, actions.filter(one => one === action).length]).toEqual([
        action,
        times,
      ]);
    }
    expect(
      await callGate<AuditVerification>(people.noor, '/audit/verify'),
    ).toMatchObject({ whole: true });
    await inspectLooks(page, 'audit');
  });
});

test('the last look before a vote hides nothing, and wants to be looked at', async ({
  browser,
}) => {
  const before = await readReplicas(targets.europe);
  const receipt = await agent.scale({
    target: targets.europe,
    from: before,
    to: before + 9,
    says: before + 1,
    agentName: falseName,
  });
  const { page } = await open(browser, people.tomas, '/approvals');
  const row = rowOf(page, receipt);
  await expect(row).toContainText('plan differs');
  // However long the name is that an agent gave itself, the mark is whole.
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    const mark = row.getByText('unverified:', { exact: true });
    await expect(mark).toBeInViewport({ ratio: 1 });
    await expect(row.getByText(/^“Noor Rahman/)).toBeInViewport();
    const { x, y, right, bottom } = await row.evaluate(element =>
      element.getBoundingClientRect().toJSON(),
    );
    const marked = await mark.evaluate(element =>
      element.getBoundingClientRect().toJSON(),
    );
    expect(marked.x >= x && marked.right <= right).toBe(true);
    expect(marked.y >= y && marked.bottom <= bottom).toBe(true);
  }
  await row.focus();
  await page.keyboard.press('a');
  const look = page.getByRole('dialog', { name: 'Approve?' });
  await expect(look).toContainText('in production (production-eu)');
  await expect(look).toContainText(
    `proposes ${before + 1} for spec.replicas, the plan makes it ${before + 9}`,
  );
  const send = look.getByRole('button', { name: 'Approve' });
  await expect(look).toContainText('scroll to the end first');
  await page.keyboard.press('Control+Enter');
  await expect(send).toBeDisabled();
  // Nothing is squeezed: all there is can be scrolled to.
  expect(
    await look
      .locator('.MuiDialogContent-root *')
      .evaluateAll(
        parts =>
          parts.filter(
            part =>
              getComputedStyle(part).overflowY === 'hidden' &&
              part.scrollHeight > part.clientHeight + 1 &&
              part.clientHeight > 0,
          ).length,
      ),
  ).toBe(0);
  await page.keyboard.press('End');
  await expect(look).toContainText('Tick that you have read it.');
  await page.keyboard.press('Control+Enter');
  await expect(send).toBeDisabled();
  await look.getByLabel('I have read what does not add up').check();
  await expect(send).toBeEnabled();
  await look.getByRole('button', { name: 'Cancel' }).click();
  await callGate(people.ada, `/requests/${receipt.id}/withdraw`, {});
});

test('a program with a token of its own recommends over REST', async ({
  browser,
}) => {
  const before = await readReplicas(targets.america);
  const wanted = other(before, [12, 15]);
  const receipt = await adviseToScale({
    target: targets.america,
    from: before,
    to: wanted,
  });
  expect(receipt).toMatchObject({
    state: 'pending',
    deciders: ['group:default/payments', 'group:default/platform'],
  });
  const { pathname } = new URL(receipt.link);
  // Security answers for it, and so is one of those who ask.
  const isla = await open(browser, people.isla, pathname);
  await expect(
    isla.page.getByRole('button', { name: 'Approve', exact: true }),
  ).toBeDisabled();
  for (const who of [people.tomas, people.noor]) {
    const { page } = await open(browser, who, pathname);
    await expect(page.getByRole('main')).toContainText('capacity-adviser');
    await approve(page);
  }
  await expect.poll(() => readReplicas(targets.america), patient).toBe(wanted);
  await expect
    .poll(async () => (await readRequest(receipt.id)).state, patient)
    .toBe('succeeded');
  const { requester, votes } = await readRequest(receipt.id);
  expect(requester).toMatchObject({
    ref: 'subject:capacity-adviser',
    kind: 'subject',
    accountable: 'group:default/security',
  });
  expect(votes.map(({ voter }) => voter)).toEqual([
    `user:default/${people.tomas}`,
    `user:default/${people.noor}`,
  ]);
});

test('what Git manages is changed in Git', async () => {
  const before = await readReplicas(targets.accounts);
  const answer = await agent.scale({
    target: targets.accounts,
    from: before,
    to: before + 2,
  });
  expect(answer).toMatchObject({
    state: 'refused',
    decidedBy: 'operation/managed-by-git',
    refusals: [
      {
        reason: expect.stringContaining('sets spec.replicas from Git'),
        hint: expect.stringMatching(/^Git comes first: change it in http/),
      },
    ],
  });
  expect(await readReplicas(targets.accounts)).toBe(before);
});

test('within bounds in staging it runs at once', async ({ browser }) => {
  const before = await readReplicas(targets.staging);
  // Two is what usually runs there.
  const wanted = other(before, [1, 3]);
  const answer = await agent.scale({
    target: targets.staging,
    from: before,
    to: wanted,
  });
  expect(answer).toMatchObject({
    tier: 1,
    decidedBy: 'policy/decisions/scale-within-half',
  });
  expect(['approved', 'running', 'verifying', 'succeeded']).toContain(
    answer.state,
  );
  const { page } = await open(
    browser,
    people.ada,
    new URL(answer.link).pathname,
  );
  await expect.poll(() => readReplicas(targets.staging), patient).toBe(wanted);
  await expect(
    page.getByRole('main').getByText('Succeeded', { exact: true }),
  ).not.toHaveCount(0, patient);
  const { state, votes } = await readRequest(answer.id);
  expect({ state, votes }).toEqual({ state: 'succeeded', votes: [] });
});

test('a freeze between approval and claim stops it', async ({ browser }) => {
  const before = await readReplicas(targets.america);
  const receipt = await agent.scale({
    target: targets.america,
    from: before,
    to: other(before, [16, 20]),
  });
  const { id, link, state } = receipt;
  expect(state).toBe('pending');
  const { pathname } = new URL(link);
  const tomas = await open(browser, people.tomas, pathname);
  const noor = await open(browser, people.noor, '/approvals');

  // Nothing is claimed in a halt, so that there is time to declare the freeze.
  await flipSwitch(noor.page, {
    button: 'Halt everything',
    question: 'Halt everything?',
    answer: 'Halt everything',
    reason: haltReason,
  });
  await expect(tomas.page.getByText('Everything is halted')).toBeVisible();
  await approve(tomas.page);
  await rowOf(noor.page, receipt).click();
  await approve(noor.page);
  expect((await readRequest(id)).state).toBe('approved');

  declareFreeze(freeze, 'the books are closed');
  await expect
    .poll(
      async () =>
        (await callGate<GateStatus>(people.noor, '/gate')).freezes.map(
          ({ name }) => name,
        ),
      { ...patient, message: 'The portal reads CAUSEWAY_POLICY_FILE' },
    )
    .toContain(freeze);
  await noor.page.getByRole('button', { name: 'Back to the queue' }).click();
  await flipSwitch(noor.page, {
    button: 'Resume everything',
    question: 'Let everything go on?',
    answer: 'Resume',
    reason: 'The freeze is declared',
  });

  await expect
    .poll(async () => (await readRequest(id)).state, patient)
    .toBe('pending');
  const { events, quorum } = await readRequest(id);
  expect(events.map(({ type }) => type)).not.toContain('ExecutionStarted');
  expect(quorum).toMatchObject({ approvals: 0, needed: 2 });
  expect(await readReplicas(targets.america)).toBe(before);
  const { page } = tomas;
  await expect(page.getByText('the books are closed').first()).toBeVisible();
  await expect(page.getByText(`Freeze: ${freeze}`)).toBeVisible();
  const decision = decisionOf(page);
  await expect(
    decision.getByRole('button', { name: 'Approve' }),
  ).toBeDisabled();
  await expect(decision).toContainText('It cannot be approved now.');
  await inspectLooks(page, 'frozen');
});
