// Where things stand: loose screenshots, as boxes instead of pixels, and nothing wider than its window.
import { readFileSync } from 'node:fs';
import { expect, open, test, WINDOWS } from './page';
import type { Locator, Page } from '@playwright/test';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Boxes by window size and name, as they were when somebody looked at them, and how far each may be
 * from there: fonts differ between machines, and lines break in narrow windows.
 */
const recorded: Record<string, { tolerance: number; parts: Record<string, Box> }> = JSON.parse(
  readFileSync(new URL('./layout.json', import.meta.url), 'utf8'),
);

for (const [name, [width, height]] of Object.entries(WINDOWS)) {
  test.describe(`${name} pixels wide`, () => {
    test.use({ viewport: { width, height } });

    test('the main parts stand where they belong', async ({ page }) => {
      await open(page, 'env=prod');
      const boxes = await measure(page);
      const { tolerance, parts } = recorded[name]!;
      for (const [part, box] of Object.entries(parts)) {
        const now = boxes[part];
        expect.soft(now, `${part} is there`).toBeTruthy();
        for (const side of ['x', 'y', 'width', 'height'] as const) {
          const distance = Math.abs((now?.[side] ?? NaN) - box[side]);
          expect.soft(distance, `${side} of ${part}: ${now?.[side]}, was ${box[side]}`).toBeLessThanOrEqual(tolerance);
        }
      }
    });

    test('the manifests reach the edges of their panel', async ({ page }) => {
      await open(page, 'env=prod');
      if (width < 900) await page.getByText('Preview', { exact: true }).first().click();
      const widthOf = async (locator: Locator) => (await locator.boundingBox())?.width;
      const bar = page.getByRole('status').filter({ hasText: /^49 resources/ }).locator('xpath=../..');
      expect(await widthOf(bar)).toBe(await widthOf(page.getByRole('tabpanel', { name: 'Manifests' })));
    });

    test('nothing is wider than the window', async ({ page, javaScriptEnabled }) => {
      test.skip(!javaScriptEnabled, 'asked of the page by a script');
      for (const query of ['env=prod', 'show=evalProducer&form=all', 'tab=values', 'tab=notes', 'set=kafka.enabled=false']) {
        await open(page, query);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft(wider, query).toBeLessThanOrEqual(0);
      }
    });
  });
}

/** The boxes of the main parts that are visible. */
async function measure(page: Page): Promise<Record<string, Box>> {
  const parts = {
    header: page.getByRole('banner'),
    services: page.getByRole('region', { name: 'Services' }),
    settings: page.getByRole('region', { name: 'Settings' }),
    preview: page.getByRole('region', { name: 'Preview', exact: true }),
    status: page.getByRole('contentinfo'),
  };
  const boxes: Record<string, Box> = {};
  for (const [name, part] of Object.entries(parts)) {
    const box = (await part.first().isVisible()) ? await part.first().boundingBox() : null;
    if (box) boxes[name] = box;
  }
  return boxes;
}
