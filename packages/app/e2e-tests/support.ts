import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/** The service that the browser tests look at. */
export const paymentApi = '/catalog/default/component/payment-api';

/**
 * Fails every test of a file in which the page logged an error or threw one.
 * React's development warnings are about libraries and absent in production.
 */
export function expectNoBrowserErrors() {
  let errors: string[] = [];
  test.beforeEach(({ page }) => {
    errors = [];
    page.on('pageerror', error => errors.push(error.message));
    page.on('console', message => {
      if (
        message.type() === 'error' &&
        !message.text().startsWith('Warning:')
      ) {
        errors.push(`${message.text()} (${message.location().url})`);
      }
    });
  });
  test.afterEach(() => {
    expect(errors).toEqual([]);
  });
}

/** What a visitor's browser would be asked to scroll sideways, in pixels. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      document.documentElement.clientWidth,
  );
}

/** Accessibility faults that axe finds in our part of a page. */
export async function accessibilityFaults(page: Page, selector: string) {
  const { violations } = await new AxeBuilder({ page })
    .include(selector)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return violations.map(({ id, nodes }) => ({
    id,
    where: nodes.map(({ html }) => html.slice(0, 160)),
  }));
}
