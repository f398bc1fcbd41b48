// Nothing that is seen jumps: not while the page arrives, and not when WebAssembly takes over.
import { expect, hydrated, open, WINDOWS } from './page';
import { test } from './pieces';

declare global {
  interface Window {
    /** What moved without anybody's doing: how much, and which elements from where to where. */
    jumps: string[];
  }
}

for (const [name, [width, height]] of Object.entries(WINDOWS)) {
  test.describe(`${name} pixels wide`, () => {
    test.use({ viewport: { width, height } });

    for (const query of ['env=prod&show=evalProducer', 'env=prod&tab=values']) {
      test(`nothing jumps while ?${query} arrives, and when WebAssembly takes over`, async ({ page }) => {
        await page.addInitScript(() => {
          window.jumps = [];
          const box = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join(',');
          const tell = (node?: Node) => (node instanceof Element ? node.outerHTML : node?.textContent)?.slice(0, 80);
          type Source = { node?: Node; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly };
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              const { value, sources } = entry as unknown as { value: number; sources: Source[] };
              for (const { node, previousRect, currentRect } of sources) {
                window.jumps.push(`${value.toFixed(6)}: ${box(previousRect)} -> ${box(currentRect)} ${tell(node)}`);
              }
            }
          }).observe({ type: 'layout-shift', buffered: true });
        });
        await open(page, query);
        await hydrated(page);
        await page.waitForTimeout(500);
        expect(await page.evaluate(() => window.jumps)).toEqual([]);
      });
    }
  });
}
