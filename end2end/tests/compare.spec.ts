// Two environments side by side, and the totals of all: drawn by the server for a link.
import { expect, open, test } from './page';

test('a link opens a comparison of values and manifests', async ({ page }) => {
  await open(page, 'tab=compare&left=dev&right=prod');
  const panel = page.getByRole('tabpanel', { name: 'Compare' });
  await expect(panel.getByLabel('Left')).toHaveValue('dev');
  await expect(panel.getByLabel('Right')).toHaveValue('prod');
  await expect(panel.getByRole('heading', { name: /^Values \d+ differences/ })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'kafka.replicas', exact: true })).toBeVisible();
  await expect(panel.getByRole('heading', { name: /^Manifests \d+ resources differ/ })).toBeVisible();
  await expect(panel.locator('ins', { hasText: 'replicas: 3' }).first()).toBeVisible();
});

test('a link opens the totals of every environment', async ({ page }) => {
  await open(page, 'totals=all&env=dev');
  const table = page.getByRole('contentinfo', { name: 'Status' }).getByRole('table');
  for (const name of ['base', 'dev', 'prod']) {
    await expect(table.getByRole('columnheader', { name, exact: true })).toBeVisible();
  }
  await expect(table.getByRole('row', { name: /^Pods at HPA maximum/ })).toContainText('+');
});
