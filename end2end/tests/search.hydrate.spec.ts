// Search: the dialog, the jump, and what stays in the address.
import { expect, hydrated, open, service, test } from './page';

test('Ctrl K finds a field, Enter goes to it, marks it and keeps the search', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  const box = dialog.getByRole('combobox');
  await expect(box).toBeFocused();
  await box.fill('kafka storage cl');
  const first = dialog.getByRole('option').first();
  await expect(first).toContainText('kafka.persistence.storageClass');
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(first.locator('mark').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  const pane = page.getByRole('region', { name: 'Settings' });
  await expect(pane.getByRole('textbox', { name: 'Storage class', exact: true })).toBeFocused();
  await expect(page.locator('.field--found')).toHaveCount(1);
  await expect(page).toHaveURL(/q=kafka%20storage%20cl/);
  await expect(page).toHaveURL(/field=kafka\.persistence\.storageClass/);
  await page.reload();
  await hydrated(page);
  await expect(page.locator('.field--found')).toBeVisible();
  await expect(page.getByRole('search', { name: 'Search results' })).toContainText('1 of');
});

test('the arrows choose, the active option is told, and the next hit follows', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  const box = dialog.getByRole('combobox');
  await box.fill('replicas');
  await page.keyboard.press('ArrowDown');
  await expect(box).toHaveAttribute('aria-activedescendant', 'hit-1');
  await expect(dialog.getByRole('option').nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  const line = page.getByRole('search', { name: 'Search results' });
  await expect(line).toContainText('2 of');
  await page.keyboard.press('Control+g');
  await expect(line).toContainText('3 of');
  await page.keyboard.press('Control+Shift+g');
  await expect(line).toContainText('2 of');
  await line.getByRole('link', { name: 'End search' }).click();
  await expect(line).toHaveCount(0);
  await expect(page).not.toHaveURL(/q=/);
  await expect(page.getByRole('link', { name: 'Search' })).toBeFocused();
});

test('commands and environments run from the search, resources are gone to', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await service(page, 'Grafana').click();
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await page.keyboard.press('Control+k');
  await dialog.getByRole('combobox').fill('undo');
  await page.keyboard.press('Enter');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'true');
  await page.keyboard.press('Control+k');
  await dialog.getByRole('combobox').fill('environment prod');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: 'prod', exact: true })).toBeChecked();
  await page.keyboard.press('Control+k');
  await dialog.getByRole('combobox').fill('statefulset kafka');
  await expect(dialog.getByRole('option').first()).toContainText('StatefulSet');
});

test('the button opens it; descriptions and services are found; Escape gives the focus back', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const dialog = page.getByRole('dialog', { name: 'Search' });
  const opener = page.getByRole('link', { name: 'Search' });
  await opener.click();
  const box = dialog.getByRole('combobox');
  await expect(box).toBeFocused();
  await box.fill('no such thing anywhere');
  await expect(dialog.getByRole('status')).toHaveText('Nothing found');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await expect(page).not.toHaveURL(/q=/);
  await service(page, 'Grafana').focus();
  await page.keyboard.press('Control+k');
  await expect(box).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(service(page, 'Grafana')).toBeFocused();
  await page.keyboard.press('Control+k');
  await box.fill('minio');
  await expect(dialog.getByRole('option').first()).toContainText('MinIO');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Settings' }).getByRole('heading', { level: 3, name: 'MinIO', exact: true })).toBeFocused();
  await expect(page).toHaveURL(/show=minio/);
});

test('a field that only the description tells of is found, and shown though the short form leaves it out', async ({ page }) => {
  await open(page, 'show=kafka');
  await hydrated(page);
  const all = await page.evaluate(() => document.querySelectorAll('.field').length);
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('combobox').fill('kafka nodeselector');
  await expect(dialog.getByRole('option').first()).toContainText('kafka.');
  await page.keyboard.press('Enter');
  await expect(page.locator('.field--found')).toBeVisible();
  expect(await page.evaluate(() => document.querySelectorAll('.field').length)).toBeGreaterThan(all);
  await expect(page).toHaveURL(/form=all/);
});
