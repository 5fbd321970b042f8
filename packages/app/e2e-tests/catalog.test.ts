import { expect, test, type Page } from '@playwright/test';
import { expectNoBrowserErrors, sidewaysScroll } from './support';

expectNoBrowserErrors();

/** Words of the table's names that stand on more than one line. Hyphens and spaces end a word. */
function brokenWords(page: Page): Promise<string[]> {
  // The page numbers below it are a table of their own.
  const names = page.getByRole('table').first();
  return names.evaluate(table => {
    const broken: string[] = [];
    for (const link of table.querySelectorAll('tbody a')) {
      const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode as Text;
        for (const { 0: word, index } of node.data.matchAll(/[^\s-]+/g)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          if (range.getClientRects().length > 1) {
            broken.push(word);
          }
        }
      }
    }
    return broken;
  });
}

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test.describe(`${viewport.width} pixels wide`, () => {
    test.use({ viewport });

    test('the catalog breaks no name within a word', async ({ page }) => {
      await page.goto('/catalog?filters[kind]=component&filters[user]=all');
      await expect(
        page.getByRole('link', { name: 'card-processor' }),
      ).toBeVisible();
      expect(await brokenWords(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
    });
  });
}
