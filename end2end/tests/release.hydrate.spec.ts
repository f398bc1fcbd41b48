// The release settings, live.
import { expect, hydrated, open, releaseSettings, test } from './page';

test('each setting is checked as Helm checks it, and the line in the header says it', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const panel = await releaseSettings(page);
  const line = page.locator('summary.release__summary');
  const name = panel.getByRole('textbox', { name: 'Release name' });
  await name.fill('My Name');
  await expect(name).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveAccessibleDescription(/my-name/);
  await expect(line).toContainText('needs mending');
  await name.fill('shop');
  await panel.getByRole('textbox', { name: 'Namespace' }).fill('ml');
  await expect(line).toContainText('ml/shop');
  const version = panel.getByRole('combobox', { name: 'Kubernetes version' });
  await version.fill('one');
  await expect(version).toHaveAccessibleDescription(/1\.33/);
  await version.fill('1.33');
  await expect(line).toContainText('k8s 1.33');
  await expect(page).toHaveURL(/release=shop.*namespace=ml.*kube=1\.33/);
});

test('API versions are ticked, added and taken out; an upgrade is chosen; all of it is reset and undone', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const panel = await releaseSettings(page);
  const line = page.locator('summary.release__summary');
  await panel.getByRole('checkbox', { name: 'monitoring.coreos.com/v1' }).check();
  await expect(page).toHaveURL(/api-versions=monitoring\.coreos\.com(\/|%2F)v1/);
  const other = panel.getByRole('textbox', { name: 'Another API version' });
  await other.fill('not one');
  await panel.getByRole('button', { name: 'Add' }).click();
  await expect(other).toHaveAttribute('aria-invalid', 'true');
  await other.fill('example.com/v1');
  await panel.getByRole('button', { name: 'Add' }).click();
  await expect(panel.getByRole('checkbox', { name: 'example.com/v1' })).toBeChecked();
  await expect(line).toContainText('2 APIs');
  await panel.getByRole('radio', { name: /an upgrade/ }).check();
  await expect(line).toContainText('upgrade');
  await panel.getByRole('button', { name: 'Reset release settings' }).click();
  await expect(line).not.toContainText('upgrade');
  await expect(panel.getByRole('checkbox', { name: 'monitoring.coreos.com/v1' })).not.toBeChecked();
  await page.getByRole('tab', { name: 'Manifests' }).focus();
  await page.keyboard.press('Control+z');
  await expect(line).toContainText('2 APIs · upgrade');
});
