// Edits of the FLTS prod composition through a real input, measured in the page: from the input
// event to the frame painted after the preview's answer was patched in, and how long each
// interaction kept the next frame waiting. Prints JSON for `cargo xtask bench`.
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const EDITS = Number(process.env.EDITS ?? 60);
const browser = await chromium.launch({
  executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync),
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const seen = { painted: [], interactions: [], since: 0, painting: false };
    window.seen = seen;
    document.addEventListener('input', (event) => { seen.since = event.timeStamp; }, true);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.interactionId) seen.interactions.push(entry.duration);
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true });
    // Two frames after the patch, the frame that shows it has been painted.
    const watch = () => new MutationObserver(() => {
      if (!seen.since || seen.painting) return;
      seen.painting = true;
      const since = seen.since;
      requestAnimationFrame(() => requestAnimationFrame(() => {
        seen.painted.push(performance.now() - since);
        seen.since = 0;
        seen.painting = false;
      }));
    }).observe(document.querySelector('[role=tabpanel]'), { childList: true, characterData: true, subtree: true, attributes: true });
    addEventListener('DOMContentLoaded', watch);
  });
  await page.goto(`${process.env.BASE_URL}/?env=prod&show=${process.env.CARD ?? 'eval'}&form=all`);
  await page.locator('html[data-live]').waitFor({ state: 'attached' });
  await page.locator('details.section:not([open]) > summary').evaluateAll((all) => all.forEach((one) => one.click()));
  const input = page.locator(process.env.INPUT ?? '.settings input[type=number]:visible, .settings input[inputmode=numeric]:visible').first();
  await input.scrollIntoViewIfNeeded();
  for (let edit = 0; edit < EDITS; edit += 1) {
    const before = await page.evaluate(() => window.seen.painted.length);
    // Another digit at every edit, so that no render comes out of the cache.
    await input.focus();
    await input.press('End');
    await input.press(edit % 2 ? 'Backspace' : String(1 + (edit / 2) % 9));
    await page.waitForFunction((count) => window.seen.painted.length > count, before, { timeout: 5_000 }).catch(() => undefined);
  }
  const seen = await page.evaluate(() => window.seen);
  console.log(JSON.stringify({ painted: seen.painted, interactions: seen.interactions }));
} finally {
  await browser.close();
}
