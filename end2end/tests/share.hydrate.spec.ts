// The share panel: the link, what it leaves out, and every export with its text.
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, hydrated, open, settings, test, unfold } from './page';

const panel = (page: Page): Locator => page.getByRole('dialog', { name: 'Share and install' });

/** What lies in the clipboard. */
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

test('the link is copied as it stands', async ({ page, baseURL }) => {
  await open(page, 'env=prod&set=kafka.replicas=5');
  await hydrated(page);
  const share = page.getByRole('button', { name: 'Share', exact: true });
  await share.click();
  const copy = panel(page).getByRole('button', { name: 'Copy link' });
  await expect(copy).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel(page).getByText('Link copied')).toBeVisible();
  expect(await copied(page)).toBe(`${baseURL}/?env=prod&set=kafka.replicas=5`);
  await expect(panel(page).getByRole('textbox', { name: 'Link' })).toHaveValue(await copied(page));
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(share).toBeFocused();
});

test('a secret is left out everywhere, and named', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const pane = await settings(page, 'PostgreSQL');
  await unfold(pane);
  await pane.getByLabel('Password', { exact: true }).fill('correct-horse-battery');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(panel(page).getByRole('region', { name: 'Link' })).toContainText(/Left out.*password/i);
  await expect(panel(page).getByText('helm upgrade').first()).toContainText('--set-literal');
  expect(await panel(page).textContent()).not.toContain('horse');
});

test('install commands for Helm 4 and Helm 3 are copied as they are shown', async ({ page, baseURL }) => {
  await open(page, 'env=prod&release=flts&namespace=ml');
  await hydrated(page);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(panel(page).getByRole('button', { name: 'Copy', exact: true })).toBeFocused();
  await expect(panel(page).getByText('helm upgrade').first()).toBeVisible();
  await page.keyboard.press('Enter');
  const command = await copied(page);
  expect(command).toContain('helm upgrade --install flts flts');
  expect(command).toContain(`--repo ${baseURL}`);
  expect(command).toContain('--namespace ml --create-namespace');
  expect(command).toContain('--rollback-on-failure');
  expect(command).toMatch(/--values '?http\S+\/values\.yaml\?\S*env=prod/);
  await panel(page).getByText('Helm 3', { exact: true }).click();
  await panel(page).getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(panel(page).getByText('Copied: Helm 3')).toBeVisible();
  expect(await copied(page)).toContain('--atomic');
});

test('every export is shown and downloaded', async ({ page }) => {
  await open(page, 'env=prod&set=kafka.replicas=5');
  await hydrated(page);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  for (const [title, file, holds] of [
    ['Install script', 'install.sh', 'exec helm upgrade'],
    ['curl', 'fetch.sh', '--globoff'],
    ['Argo CD', 'application.yaml', 'valuesObject:'],
    ['Flux', 'release.yaml', 'kind: HelmRelease'],
    ['Kustomize', 'kustomization.yaml', 'valuesInline:'],
    ['Terraform', 'release.tf', 'resource "helm_release"'],
  ] as const) {
    await panel(page).getByText(title, { exact: true }).click();
    await expect(panel(page).getByLabel(title, { exact: true })).toContainText(holds);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel(page).getByRole('link', { name: `Download ${file}` }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(file);
    expect(await readFile(await download.path(), 'utf8')).toContain(holds);
  }
});

test('an edit is in the texts the next time', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await panel(page).getByText('Argo CD', { exact: true }).click();
  const text = panel(page).getByLabel('Argo CD', { exact: true });
  await expect(text).toContainText('valuesObject:');
  await page.keyboard.press('Escape');
  const pane = await settings(page, 'Kafka');
  await pane.getByRole('spinbutton', { name: 'Replicas', exact: true }).fill('7');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(text).toContainText('replicas: 7');
});
