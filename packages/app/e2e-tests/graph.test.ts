import { expect, test } from '@playwright/test';
import {
  accessibilityFaults,
  expectNoBrowserErrors,
  paymentApi,
} from './support';

expectNoBrowserErrors();

const root = /^Payment API Service/;

test.beforeEach(async ({ page }) => {
  await page.goto(`${paymentApi}/graph`);
  await expect(page.getByRole('button', { name: root })).toBeVisible();
});

test('is arranged off the main thread', async ({ page }) => {
  expect(page.workers()).toHaveLength(1);
});

test('is walked by keyboard, down to the evidence of a relation', async ({
  page,
}) => {
  const start = page.getByRole('button', { name: root });
  await start.focus();
  await page.keyboard.press('ArrowLeft');
  const neighbour = page.locator('.entity:focus');
  await expect(neighbour).not.toHaveAccessibleName(root);
  await page.keyboard.press('ArrowRight');
  await expect(start).toBeFocused();

  await page.keyboard.press('Enter');
  const details = page.getByRole('complementary', {
    name: 'Details of Payment API',
  });
  await expect(
    details.getByRole('heading', { name: 'Payment API' }),
  ).toBeFocused();
  await details.getByRole('button', { name: 'depends on ledger' }).focus();
  await page.keyboard.press('Enter');

  const evidence = page.getByRole('complementary', {
    name: 'Evidence of a relation',
  });
  await expect(evidence).toContainText('service-dns-name');
  await expect(evidence).toContainText('likely: inferred by convention');
  await expect(evidence).toContainText(/ago|now/);

  await page.keyboard.press('Escape');
  await expect(evidence).toBeHidden();
  await expect(start).toBeFocused();
});

test('shows the evidence of a relation that is clicked', async ({ page }) => {
  const clicked = await page.evaluate(() => {
    const grip = document.querySelector('.relation .grip');
    grip?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    return Boolean(grip);
  });
  expect(clicked).toBe(true);
  await expect(
    page.getByRole('complementary', { name: 'Evidence of a relation' }),
  ).toBeVisible();
});

test('follows the focus to nodes that are out of sight', async ({ page }) => {
  await page.getByRole('button', { name: root }).focus();
  await page.keyboard.press('ArrowLeft');
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(page.locator('.entity:focus')).toBeInViewport();
});

test('filters by environment, and gives the same as a table', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Table' }).click();
  const nodes = page.getByRole('table', { name: 'Nodes' });
  await expect(
    nodes.getByRole('row').filter({ hasText: 'staging' }),
  ).not.toHaveCount(0);
  await page.getByRole('combobox', { name: 'Environments' }).click();
  await page.getByRole('option', { name: /^staging/ }).click();
  await page.keyboard.press('Escape');
  await expect(
    nodes.getByRole('row').filter({ hasText: 'staging' }),
  ).toHaveCount(0);
  await expect(page.getByRole('table', { name: 'Relations' })).toContainText(
    'service-dns-name',
  );
});

test('keeps depth, direction and view in the address', async ({ page }) => {
  await page.getByRole('combobox', { name: 'Depth' }).click();
  await page.getByRole('option', { name: '2' }).click();
  await expect(page).toHaveURL(/depth=2/);
  await page.getByRole('combobox', { name: 'Direction' }).click();
  await page.getByRole('option', { name: 'Backward' }).click();
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Direction' })).toHaveText(
    'Backward',
  );
  await expect(page.getByRole('button', { name: root })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('can be used by everybody', async ({ page }) => {
      await page.getByRole('button', { name: root }).click();
      await expect(page.getByRole('complementary')).toBeVisible();
      expect(await accessibilityFaults(page, '[role=group]')).toEqual([]);
      expect(await accessibilityFaults(page, 'aside')).toEqual([]);
      await page.getByRole('button', { name: 'Table' }).click();
      await expect(page.getByRole('table', { name: 'Nodes' })).toBeVisible();
      expect(await accessibilityFaults(page, 'section')).toEqual([]);
    });
  });
}
