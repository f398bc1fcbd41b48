// The main job as a person does it: choose, edit, see, share, download, install.
import { readFile } from 'node:fs/promises';
import { expect, hydrated, manifests, open, releaseSettings, service, settings, test, unfold } from './page';

test('a switch takes every object of its service away, and the address follows', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await expect(manifests(page, 'Grafana')).toBeVisible();
  await service(page, 'Grafana').click();
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
  await expect(manifests(page, 'Grafana')).toHaveCount(0);
  await expect(page).toHaveURL(/grafana\.enabled=false/);
  await service(page, 'Grafana').click();
  await expect(manifests(page, 'Grafana')).toBeVisible();
  await expect(page).not.toHaveURL(/set=grafana/);
});

test('an environment shows its values and marks what differs from base', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const pane = await settings(page, 'Kafka');
  await expect(pane.getByRole('spinbutton', { name: 'Replicas', exact: true })).toHaveValue('1');
  await page.getByRole('radio', { name: 'prod', exact: true }).check();
  await expect(pane.getByRole('spinbutton', { name: 'Replicas', exact: true })).toHaveValue('3');
  await expect(pane.getByText('differs from base').first()).toBeAttached();
  await expect(pane.getByText('set by prod').first()).toBeAttached();
  await expect(page).toHaveURL(/env=prod/);
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 3');
});

test('an edit appears in the manifests, is marked, and can be taken back', async ({ page }) => {
  await open(page, 'env=prod');
  await hydrated(page);
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  await replicas.fill('5');
  await expect(manifests(page, 'Kafka').locator('ins', { hasText: 'replicas: 5' })).toBeVisible();
  await expect(manifests(page, 'Kafka').locator('del', { hasText: 'replicas: 3' })).toBeVisible();
  await expect(page).toHaveURL(/set=kafka\.replicas(=|%3D)5/);
  await expect(pane.getByText('set by you').first()).toBeAttached();
  await pane.getByRole('button', { name: 'Reset Replicas', exact: true }).click();
  await expect(replicas).toHaveValue('3');
  await expect(replicas).toBeFocused();
  await expect(page).not.toHaveURL(/set=kafka/);
});

test('a number out of range, a bad quantity and a bad release name are told at the field', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  await replicas.fill('-1');
  await expect(replicas).toHaveAttribute('aria-invalid', 'true');
  await expect(replicas).toHaveAccessibleDescription(/\S/);
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 1');
  const size = pane.getByRole('textbox', { name: 'Storage size', exact: true });
  await size.fill('2GB');
  await expect(size).toHaveAttribute('aria-invalid', 'true');
  await releaseSettings(page);
  const release = page.getByRole('textbox', { name: 'Release name' });
  await release.fill('Not A Name');
  await expect(release).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('3 errors')).toBeVisible();
  await expect(manifests(page, 'Kafka')).toContainText('StatefulSet');
});

test("where the chart fails, Helm's message appears and the last good manifests stay", async ({ page }) => {
  await open(page);
  await hydrated(page);
  await service(page, 'Kafka').click();
  const alert = page.getByRole('alert', { name: 'Chart failure' });
  await expect(alert).toContainText('kafka.enabled');
  await expect(manifests(page, 'Kafka')).toContainText('StatefulSet');
  await service(page, 'Kafka').click();
  await expect(alert).toBeEmpty();
});

test('a secret never enters the address', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const pane = await settings(page, 'PostgreSQL');
  await unfold(pane);
  const password = pane.getByLabel('Password', { exact: true });
  await password.fill('correct-horse-battery');
  await expect(pane.getByRole('button', { name: 'Reset Password', exact: true })).toBeVisible();
  await page.getByRole('radio', { name: 'dev', exact: true }).check();
  await expect(page).toHaveURL(/env=dev/);
  expect(page.url()).not.toContain('horse');
});

test('every download carries the composition', async ({ page }) => {
  await open(page, 'env=prod&set=kafka.replicas=5');
  await hydrated(page);
  for (const [name, holds] of [
    [/^values\.yaml Only/, 'replicas: 5'],
    [/^values\.yaml, complete/, 'nameOverride'],
    [/^manifests\.yaml/, 'replicas: 5'],
  ] as const) {
    await page.getByRole('banner').getByText('Download', { exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).toContain(holds);
  }
  await page.getByRole('banner').getByText('Download', { exact: true }).click();
  const [zip] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^manifests\.zip/ }).click(),
  ]);
  expect((await readFile(await zip.path())).subarray(0, 2).toString()).toBe('PK');
});

test('an older answer never overwrites a newer one', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  let first = true;
  await page.route('**/api/fn/preview', async (route) => {
    const slow = first;
    first = false;
    const answer = await route.fetch();
    if (slow) await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.fulfill({ response: answer });
  });
  await replicas.fill('3');
  await page.waitForTimeout(300);
  await replicas.fill('5');
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 5');
  await page.waitForTimeout(1800);
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 5');
});
