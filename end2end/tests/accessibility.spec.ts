// Every view of the page, light and dark, without findings of axe.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, hydrated, open, test } from './page';
import type { Page } from '@playwright/test';

/** The views that a link opens. */
const LINKS: Record<string, string> = {
  'the first page': '',
  'an environment': 'env=prod',
  'the settings of a service': 'show=evalProducer&form=all',
  'the checks': 'env=prod&tab=checks',
  'the values': 'env=prod&tab=values',
  'the images': 'env=prod&tab=images',
  'the notes': 'env=prod&tab=notes',
  'the comparison': 'env=prod&tab=compare',
  'a search': 'env=prod&q=memory',
  'a hit of a search': 'q=memory&field=kafka.resources.limits.memory',
  'a chart that fails': 'set=kafka.enabled=false',
  'a link with faults': 'set=no.such.path=1&env=nowhere',
};

/** The buttons of the header that open a dialog or a menu. */
const DIALOGS = ['Share', 'Install', 'Download', 'Release', 'Search', 'History', '?'];

// A trace of axe's work takes longer than the work.
test.use({ trace: 'off' });

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });

    for (const [name, query] of Object.entries(LINKS)) {
      test(name, async ({ page, javaScriptEnabled }) => {
        test.skip(!javaScriptEnabled, 'axe is a script');
        await open(page, query);
        await clean(page, name);
      });
    }

    test('dialogs and menus', async ({ page, javaScriptEnabled }) => {
      test.skip(!javaScriptEnabled, 'axe is a script');
      test.slow();
      await open(page, 'env=prod');
      await hydrated(page);
      await page.keyboard.press('Control+s');
      for (const name of DIALOGS) {
        const button = page.getByRole('banner').locator('button, summary, a').filter({ hasText: name });
        if ((await button.count()) === 0) continue;
        await button.first().click();
        await clean(page, name);
        await page.keyboard.press('Escape');
        if (await page.locator('dialog[open]').count()) await page.locator('dialog[open]').press('Escape');
        if (await page.locator('header details[open]').count()) await button.first().click();
      }
    });

    test('a narrow window', async ({ page, javaScriptEnabled }) => {
      test.skip(!javaScriptEnabled, 'axe is a script');
      await page.setViewportSize({ width: 390, height: 844 });
      await open(page, 'env=prod');
      for (const column of ['Services', 'Settings', 'Manifests']) {
        const choice = page.getByRole('navigation', { name: 'Columns' }).getByText(column, { exact: true });
        if ((await choice.count()) > 0) await choice.click();
        await clean(page, `${column}, narrow`);
      }
    });
  });
}

/** No finding of axe; what it found is listed with the element. */
async function clean(page: Page, view: string): Promise<void> {
  // All resources are drawn alike, line by line: one of each group is enough.
  const { violations } = await new AxeBuilder({ page }).exclude('.resource:nth-of-type(n+2) .yaml').analyze();
  const findings = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${view}: ${id}: ${help}: ${target.join(' ')}: ${failureSummary}`),
  );
  expect.soft(findings, view).toEqual([]);
}
