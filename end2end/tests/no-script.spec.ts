// Without WebAssembly a form submit applies a change and answers with the whole page.
import { expect, manifests, open, releaseSettings, service, test } from './page';

test.use({ javaScriptEnabled: false });

test('a switch submits the form', async ({ page }) => {
  await open(page, 'env=dev');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'true');
  await service(page, 'Grafana').click();
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
  await expect(page.getByRole('radio', { name: 'dev', exact: true })).toBeChecked();
  await expect(manifests(page, 'Grafana')).toHaveCount(0);
});

test('texts are applied together, and the link is canonical', async ({ page }) => {
  await open(page, 'env=dev&show=mlflow&form=all');
  const settings = page.getByRole('region', { name: 'Settings' });
  await settings.getByRole('spinbutton', { name: 'Replicas', exact: true }).first().fill('3');
  await (await releaseSettings(page)).getByRole('textbox', { name: 'Namespace' }).fill('ml');
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await expect(page).toHaveURL(/\?env=dev&namespace=ml&set=mlflow\.replicas=3&form=all&show=mlflow$/);
  await expect(manifests(page, 'MLflow').first()).toContainText('replicas: 3');
});

test('a text that will not do stays in its input with what is wrong', async ({ page }) => {
  await open(page, 'show=inference&form=all');
  const release = (await releaseSettings(page)).getByRole('textbox', { name: 'Release name' });
  await release.fill('Not A Name');
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await expect(release).toHaveValue('Not A Name');
  await expect(release).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('region', { name: 'Problems in the link' })).toBeVisible();
});

test('a secret is not kept, and that is said', async ({ page }) => {
  await open(page, 'show=postgres&form=all');
  const settings = page.getByRole('region', { name: 'Settings' });
  const folded = settings.locator('details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
  await settings.getByLabel('Password', { exact: true }).first().fill('hush-hush');
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await expect(page.getByText('a secret never enters a link')).toBeVisible();
  expect(page.url()).not.toContain('hush');
});

test('the list of checks opens by its tab, and mends', async ({ page }) => {
  await open(page, 'set=kafka.enabled=false');
  await page.getByRole('tab', { name: /^Checks/ }).click();
  const panel = page.getByRole('tabpanel', { name: /^Checks/ });
  await panel.getByRole('button', { name: 'Switch on Kafka' }).click();
  await expect(service(page, 'Kafka')).toHaveAttribute('aria-checked', 'true');
  await expect(panel).toContainText('Nothing to settle');
});

test('the overrides are edited as a text, and API versions by ticking', async ({ page }) => {
  await open(page, 'tab=values&api-versions=example.com/v1');
  const text = page.getByRole('textbox', { name: 'Your overrides' });
  await text.fill('kafka:\n  replicas: 5\n');
  const panel = await releaseSettings(page);
  await panel.getByRole('checkbox', { name: 'example.com/v1' }).uncheck();
  await panel.getByRole('radio', { name: /an upgrade/ }).check();
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await expect(page).toHaveURL(/\?upgrade=true&set=kafka\.replicas=5&/);
  await text.fill('kafka: [');
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await expect(text).toHaveValue('kafka: [');
  await expect(page.getByRole('status', { name: 'Problems in your overrides' })).toContainText('Line 1');
});

test('Enter in an input applies, and presses no switch', async ({ page }) => {
  await open(page);
  const release = (await releaseSettings(page)).getByRole('textbox', { name: 'Release name' });
  await release.fill('mine');
  await release.press('Enter');
  await expect(page).toHaveURL(/release=mine/);
  await expect(service(page, 'Kafka')).toHaveAttribute('aria-checked', 'true');
});
