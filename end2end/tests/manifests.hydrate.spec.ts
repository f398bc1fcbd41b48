// Looking at the manifests: filter, fold, compare, step, copy, download.
import { readFile } from 'node:fs/promises';
import { expect, hydrated, manifests, open, service, settings, test } from './page';

test('the filter finds kind, name and text, and Escape clears it', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const preview = page.getByRole('region', { name: 'Preview' });
  const filter = preview.getByRole('searchbox', { name: 'Filter manifests' });
  await filter.fill('statefulset');
  await expect(preview).toContainText(/\d+ of \d+ resources/);
  await expect(manifests(page, 'Kafka').getByRole('heading', { level: 4, name: /^StatefulSet/ })).toBeVisible();
  await expect(manifests(page, 'Kafka').getByRole('heading', { level: 4, name: /^Service / })).toHaveCount(0);
  await filter.fill('nothing has this');
  await expect(preview.getByText('No resource fits.')).toBeVisible();
  await filter.press('Escape');
  await expect(filter).toHaveValue('');
  await expect(manifests(page, 'Kafka').getByRole('heading', { level: 4, name: /^Service / }).first()).toBeVisible();
});

test('resources, groups and all of them fold', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const kafka = manifests(page, 'Kafka');
  const line = kafka.getByText('kind: StatefulSet');
  await expect(line).toBeVisible();
  await page.getByRole('button', { name: 'Collapse all' }).click();
  await expect(line).toBeHidden();
  await kafka.getByRole('heading', { level: 4, name: /^StatefulSet/ }).click();
  await expect(line).toBeVisible();
  await kafka.getByRole('heading', { level: 3, name: 'Kafka' }).click();
  await expect(line).toBeHidden();
  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect(line).toBeVisible();
});

test('n and p step through the changes, of the last edit or of all against the environment', async ({ page }) => {
  await open(page, 'env=prod&set=kafka.replicas=5');
  await hydrated(page);
  const preview = page.getByRole('region', { name: 'Preview' });
  const against = preview.getByRole('group', { name: 'Mark changes against' });
  await expect(preview.getByText('0 changes')).toBeVisible();
  await against.getByRole('link', { name: 'untouched prod' }).click();
  const mark = manifests(page, 'Kafka').locator('ins', { hasText: 'replicas: 5' });
  await expect(mark).toBeVisible();
  await expect(preview.getByText(/changed \+\d+ −\d+/)).toBeVisible();
  await page.keyboard.press('n');
  await expect(preview.getByText(/^1 of \d+$/)).toBeVisible();
  await expect(page.locator('.hunk:focus')).toHaveCount(1);
  await expect(page.locator('.hunk:focus')).toBeInViewport();
  await page.keyboard.press('p');
  await expect(preview.getByText(/^(\d+) of \1$/)).toBeVisible();
  await preview.getByRole('checkbox', { name: 'Changes only' }).check();
  await expect(manifests(page, 'Grafana')).toBeHidden();
  await expect(manifests(page, 'Kafka')).toBeVisible();
  await against.getByRole('link', { name: 'off' }).click();
  await expect(page.locator('ins')).toHaveCount(0);
});

test('what an edit takes away is listed with its lines', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await service(page, 'Grafana').click();
  const removed = page.getByRole('region', { name: 'Preview' }).getByRole('region', { name: 'Removed' });
  const gone = removed.getByRole('heading', { level: 4, name: /^Deployment .*grafana/ });
  await expect(gone).toBeVisible();
  await gone.click();
  await expect(removed.locator('del', { hasText: 'kind: Deployment' })).toBeVisible();
});

test('a resource is copied and downloaded alone', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'env=prod');
  await hydrated(page);
  const kafka = manifests(page, 'Kafka');
  await kafka.getByRole('button', { name: /^Copy StatefulSet/ }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('kind: StatefulSet');
  expect(copied).not.toContain('---');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    kafka.getByRole('link', { name: /^Download StatefulSet/ }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^StatefulSet-.*kafka\.yaml$/);
  expect((await readFile(await download.path(), 'utf8')).trim()).toBe(copied.trim());
});

test('a resource far down is painted when it comes near', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const last = page.locator('.resource').last();
  await last.scrollIntoViewIfNeeded();
  await expect(last.locator('pre b').first()).toBeVisible();
});

test('an image leads to the resources that run it', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await hydrated(page);
  await page.getByRole('tab', { name: 'Images' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Images' });
  await expect(panel.getByText(/^\d+ images/)).toBeVisible();
  await panel.getByRole('button', { name: 'Copy list' }).click();
  const names = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n');
  expect(names.some((name) => /kafka/.test(name))).toBe(true);
  const kafka = panel.getByRole('listitem').filter({ hasText: /kafka/ }).first();
  await kafka.locator('summary').click();
  await kafka.getByRole('link', { name: /^StatefulSet/ }).click();
  await expect(page.getByRole('tab', { name: 'Manifests' })).toHaveAttribute('aria-selected', 'true');
  await expect(manifests(page, 'Kafka').locator('summary:focus')).toContainText('StatefulSet');
});

test('the settings and the manifests count the same changes', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const pane = await settings(page, 'Kafka');
  await pane.getByRole('spinbutton', { name: 'Replicas', exact: true }).fill('2');
  await expect(page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: /^\d+ changed$/ })).toBeVisible();
});
