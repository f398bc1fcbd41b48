// Compositions kept in the browser.
import { readFile } from 'node:fs/promises';
import { expect, hydrated, open, service, settings, test, unfold } from './page';

test('a saved composition is compared, renamed, starred, opened and undone', async ({ page }) => {
  await open(page, 'env=prod');
  await hydrated(page);
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  await replicas.fill('5');
  await page.keyboard.press('Control+s');
  await replicas.fill('7');
  await page.getByRole('button', { name: 'History', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  await expect(dialog.getByText('prod, 1 change')).toBeVisible();
  await dialog.getByRole('button', { name: 'Compare prod, 1 change' }).click();
  await expect(dialog.getByRole('row', { name: /kafka\.replicas 5 7/ })).toBeVisible();
  await dialog.getByRole('button', { name: 'Rename prod, 1 change' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Nothing');
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('button', { name: 'Rename prod, 1 change' })).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Five brokers');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Five brokers')).toBeVisible();
  await dialog.getByRole('button', { name: 'Star Five brokers' }).click();
  await expect(dialog.getByRole('heading', { name: 'Starred' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Star Five brokers' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Open Five brokers' }).click();
  await expect(dialog).toBeHidden();
  await expect(replicas).toHaveValue('5');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(replicas).toHaveValue('7');
});

test('a download makes an entry, which survives a reload, without the secret', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const pane = await settings(page, 'PostgreSQL');
  await unfold(pane);
  await pane.getByLabel('Password', { exact: true }).fill('correct-horse-battery');
  await service(page, 'Grafana').click();
  await page.getByRole('banner').getByText('Download', { exact: true }).click();
  await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^values\.yaml Only/ }).click(),
  ]);
  await page.reload();
  await hydrated(page);
  await page.getByRole('button', { name: 'History', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  await expect(dialog.getByRole('button', { name: /^Open base/ })).toHaveCount(1);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).toContain('grafana');
  expect(kept).not.toContain('horse');
});

test('entries are exported, deleted and imported; a bad file is told', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await service(page, 'Grafana').click();
  await page.getByRole('button', { name: 'History', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  await dialog.getByRole('button', { name: 'Save now' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Export' }).click(),
  ]);
  const file = await readFile(await download.path());
  expect(JSON.parse(file.toString()).entries).toHaveLength(1);
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(dialog.getByText('Nothing is kept yet.')).toBeVisible();
  const chooser = dialog.getByLabel('Import a history file');
  await chooser.setInputFiles({ name: 'bad.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
  await expect(dialog.getByRole('status')).toContainText('This is no history file');
  await chooser.setInputFiles({ name: 'good.json', mimeType: 'application/json', buffer: file });
  await expect(dialog.getByRole('status')).toContainText('1 composition imported');
  await chooser.setInputFiles({ name: 'good.json', mimeType: 'application/json', buffer: file });
  await expect(dialog.getByRole('status')).toContainText('0 compositions imported');
  await expect(dialog.getByRole('button', { name: /^Open base/ })).toHaveCount(1);
});

test('an entry comes of the copied link, one for the same composition', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'env=dev');
  await hydrated(page);
  for (const button of ['Copy link', 'Copy']) {
    await page.keyboard.press('l');
    await page.getByRole('dialog', { name: 'Share' }).getByRole('button', { name: button, exact: true }).first().click();
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'History', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  await expect(dialog.getByRole('button', { name: 'Open dev, 0 changes' })).toHaveCount(1);
});

test('a storage that is full or switched off is told, and the page goes on', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await open(page);
  await hydrated(page);
  const said = page.getByRole('contentinfo', { name: 'Status' }).getByRole('status');
  await page.keyboard.press('Control+s');
  await expect(said).toContainText('The history was not saved: this browser\u2019s storage is full or switched off');
  await service(page, 'Grafana').click();
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
  await page.getByRole('button', { name: 'History', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  await dialog.getByRole('button', { name: 'Save now' }).click();
  await expect(dialog.getByRole('status')).toContainText('was not saved');
});

test('the oldest of more than 200 goes, one with a star stays', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await page.keyboard.press('Control+s');
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage['chartroom.history.1']);
    const [one] = kept.entries;
    kept.entries = [...Array(200)].map((_, n) => ({
      ...one, id: String(n), at: 1_000_000 - n, title: `kept ${n}`, star: n === 199,
      composition: { ...one.composition, environment: 'dev' },
    }));
    localStorage['chartroom.history.1'] = JSON.stringify(kept);
  });
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'History', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'History' });
  await expect(dialog.getByRole('listitem')).toHaveCount(200);
  await expect(dialog.getByText('kept 199', { exact: true })).toHaveCount(1);
  await expect(dialog.getByText('kept 198', { exact: true })).toHaveCount(0);
  await expect(dialog.getByText('kept 197', { exact: true })).toHaveCount(1);
});
