// The release settings of a link, with and without WebAssembly.
import { expect, open, releaseSettings, test } from './page';

test('a link opens its release settings', async ({ page }) => {
  await open(page, 'release=shop&namespace=ml&kube=1.33&api-versions=example.com/v1&upgrade=true');
  await expect(page.locator('summary.release__summary')).toContainText('ml/shop · k8s 1.33 · 1 API · upgrade');
  const panel = await releaseSettings(page);
  await expect(panel.getByRole('textbox', { name: 'Release name' })).toHaveValue('shop');
  await expect(panel.getByRole('textbox', { name: 'Namespace' })).toHaveValue('ml');
  await expect(panel.getByRole('combobox', { name: 'Kubernetes version' })).toHaveValue('1.33');
  await expect(panel.getByRole('checkbox', { name: 'example.com/v1' })).toBeChecked();
  await expect(panel.getByRole('radio', { name: /an upgrade/ })).toBeChecked();
});
