import { expect, test } from '@playwright/test';
import {
  accessibilityFaults,
  expectNoBrowserErrors,
  sidewaysScroll,
} from './support';

expectNoBrowserErrors();

test.beforeEach(async ({ page }) => {
  await page.goto('/estate');
});

test('lists every source as fresh', async ({ page }) => {
  const rows = page
    .getByRole('list', { name: 'Sources' })
    .getByRole('button', { expanded: false });
  for (const source of [
    'Development',
    'Staging',
    'Production, Europe',
    'Production, United States',
    'Argo CD of development and staging',
    'Argo CD of production',
    'GitHub, meridian',
    'Backstage catalog',
  ]) {
    await expect(
      rows
        .filter({ has: page.getByText(source, { exact: true }) })
        .filter({ hasText: 'Fresh' }),
    ).toHaveCount(1);
  }
});

test('opens a source by keyboard and finds a partition', async ({ page }) => {
  const source = page.getByRole('button', { name: /^Production, Europe/ });
  await source.focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('rowheader', { name: 'deployments.apps' }),
  ).toBeVisible();
  await page.getByRole('searchbox').fill('horizontalpodautoscalers');
  await expect(page.getByRole('rowheader')).toHaveCount(4);
});

test('says what collided and what is contested', async ({ page }) => {
  const section = page.getByRole('region', { name: 'What needs a look' });
  await expect(section.getByText(/^Contested claims/)).toBeVisible();
  await expect(section.getByText(/^Shortened names/)).toBeVisible();
});

test('refreshes on demand and says so', async ({ page }) => {
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText(/^Refreshed at /)).toBeAttached();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('can be used by everybody', async ({ page }) => {
      await expect(page.locator('body')).toHaveAttribute(
        'data-theme-mode',
        colorScheme,
      );
      await page.getByRole('button', { name: /^GitHub, meridian/ }).click();
      await expect(page.getByRole('table')).toBeVisible();
      expect(await accessibilityFaults(page, 'main')).toEqual([]);
    });
  });
}

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('fits without scrolling sideways', async ({ page }) => {
    await page.getByRole('button', { name: /^Production, Europe/ }).click();
    await expect(page.getByRole('table')).toBeVisible();
    expect(await sidewaysScroll(page)).toBe(0);
  });
});
