// A narrow screen shows one column at a time, with and without WebAssembly.
import { expect, open, test } from './page';

test.use({ viewport: { width: 390, height: 844 } });

test('three buttons choose the column', async ({ page }) => {
  await open(page);
  const pane = (name: string) => page.getByRole('region', { name, exact: true }).first();
  await expect(pane('Services')).toBeVisible();
  await expect(pane('Preview')).toBeHidden();
  await page.getByRole('radio', { name: 'Preview' }).check();
  await expect(pane('Preview')).toBeVisible();
  await expect(pane('Services')).toBeHidden();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});
