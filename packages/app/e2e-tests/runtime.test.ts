import { expect, test } from '@playwright/test';
import {
  accessibilityFaults,
  expectNoBrowserErrors,
  paymentApi,
  sidewaysScroll,
} from './support';

expectNoBrowserErrors();

test('the Runtime tab shows every place where payment-api runs', async ({
  page,
}) => {
  await page.goto(paymentApi);
  await page.getByRole('link', { name: 'Runtime', exact: true }).click();
  const table = page.getByRole('table', { name: 'Where it runs' });
  for (const [cluster, environment] of [
    ['production-eu', 'production'],
    ['production-us', 'production'],
    ['staging', 'staging'],
    ['development', 'development'],
  ]) {
    const row = table
      .getByRole('row')
      .filter({ hasText: `${cluster} / payments` })
      .filter({ hasText: 'Deployment payment-api' });
    await expect(row).toHaveCount(1);
    await expect(
      row.getByRole('rowheader', { name: environment }),
    ).toBeVisible();
    await expect(row).toContainText(/\d+ of \d+ ready/);
    await expect(row).toContainText(/\d+\.\d+\.\d+/);
    await expect(row).toContainText(/ago|now/);
  }
  const deliveries = page.getByRole('table', { name: 'Delivery history' });
  await expect(
    deliveries.getByRole('row').filter({ hasText: 'current' }),
  ).not.toHaveCount(0);
});

test('the overview says the essence, one line per environment', async ({
  page,
}) => {
  await page.goto(paymentApi);
  const lines = page
    .getByRole('list', { name: 'Where it runs' })
    .getByRole('listitem');
  await expect(lines).toHaveText([/^production/, /^staging/, /^development/]);
});

test('a deprecated service names its successor', async ({ page }) => {
  await page.goto('/catalog/default/component/card-processor/runtime');
  await expect(page.getByText('This service is deprecated')).toBeVisible();
  await expect(page.getByText('It is replaced by')).toBeVisible();
});

test('who one is can be changed by keyboard, and one stays where one was', async ({
  page,
}) => {
  await page.goto('/approvals?view=all');
  await page.getByRole('link', { name: /Switch persona$/ }).click();
  const people = page.getByRole('list', { name: 'People of the demo' });
  const other = people.getByRole('button').nth(1);
  const name = (await other.locator('strong').textContent())!;
  await other.focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('link', { name: new RegExp(`^Signed in as ${name}`) }),
  ).toBeVisible();
  await expect(page).toHaveURL(/\/approvals\?view=all$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the Runtime tab can be used by everybody', async ({ page }) => {
      await page.goto(`${paymentApi}/runtime`);
      await expect(
        page.getByRole('table', { name: 'Where it runs' }),
      ).toBeVisible();
      expect(await accessibilityFaults(page, 'section')).toEqual([]);
    });
  });
}

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  for (const path of ['', '/runtime', '/graph', '/graph?view=table']) {
    test(`payment-api${path} fits without scrolling sideways`, async ({
      page,
    }) => {
      await page.goto(`${paymentApi}${path}`);
      await expect(
        page
          .getByRole('table', { name: /Where it runs|Nodes/ })
          .or(page.getByRole('list', { name: /Where it runs|Legend/ }))
          .first(),
      ).toBeVisible();
      expect(await sidewaysScroll(page)).toBe(0);
    });
  }
});
