import { expect, type Page } from '@playwright/test';
import { join } from 'node:path';
import { accessibilityFaults, sidewaysScroll } from './support';

/** A folder for pictures of what was looked at; none are taken without. */
const pictures = process.env.CAUSEWAY_PICTURES;

/** Looks at a page wide and narrow, light and dark: it fits, and everybody can use it. */
export async function inspectLooks(page: Page, name: string): Promise<void> {
  const usual = page.viewportSize()!;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('body')).toHaveAttribute(
      'data-theme-mode',
      colorScheme,
    );
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ]) {
      await page.setViewportSize({ width, height });
      // Tables become lists a moment after the window has become narrow.
      await expect.poll(() => sidewaysScroll(page)).toBe(0);
      expect(await accessibilityFaults(page, 'main')).toEqual([]);
      if (pictures) {
        await page.screenshot({
          path: join(pictures, `${name}-${colorScheme}-${width}.png`),
        });
        // As high as what there is: bars that stand at the bottom stay there.
        const whole = await page.evaluate(
          () => document.documentElement.scrollHeight,
        );
        await page.setViewportSize({ width, height: whole });
        await page.screenshot({
          path: join(pictures, `${name}-${colorScheme}-${width}-whole.png`),
        });
      }
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(usual);
}
