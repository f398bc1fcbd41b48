// Edits of a chart's file while its page is open: from the written file to the frame painted with
// what it changed. Prints JSON for `cargo xtask bench`, in milliseconds.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

const EDITS = Number(process.env.EDITS ?? 10);
const file = process.env.CHART_FILE;
const text = readFileSync(file, 'utf8');
const browser = await chromium.launch({
  executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync),
  args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${process.env.BASE_URL}/?env=prod`);
  await page.locator('html[data-live]').waitFor({ state: 'attached' });
  const times = [];
  for (let edit = 1; edit <= EDITS; edit += 1) {
    const name = `edited-${edit}-times`;
    const painted = page.evaluate((name) => new Promise((done) => {
      const look = () => {
        const text = document.getElementById('manifests-list').textContent;
        if (!text.includes(name)) return requestAnimationFrame(look);
        // The frame that shows it is painted before the next one begins.
        requestAnimationFrame(() => done(Date.now()));
      };
      look();
    }), name);
    // The watcher looks after the page's last question.
    await page.waitForTimeout(500);
    const written = Date.now();
    writeFileSync(file, `${text}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`);
    times.push((await painted) - written);
  }
  console.log(JSON.stringify(times));
} finally {
  await browser.close();
  writeFileSync(file, text);
}
