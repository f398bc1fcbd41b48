// Undo and redo over everything that changes the composition.
import { expect, hydrated, open, releaseSettings, service, settings, test } from './page';

const said = (page: import('@playwright/test').Page) => page.getByRole('contentinfo', { name: 'Status' }).getByRole('status');

test('a switch, a number and an environment are taken back one by one, and done again', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const redo = page.getByRole('button', { name: 'Redo', exact: true });
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await service(page, 'Grafana').click();
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  await replicas.fill('3');
  await page.getByRole('radio', { name: 'prod', exact: true }).check();
  await undo.click();
  await expect(page.getByRole('radio', { name: 'base', exact: true })).toBeChecked();
  await expect(said(page)).toContainText('Undone: environment base');
  await undo.click();
  await expect(replicas).toHaveValue('1');
  await expect(said(page)).toContainText('Undone: Kafka · Replicas');
  await undo.click();
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'true');
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await expect(undo).toBeFocused();
  await redo.click();
  await redo.click();
  await redo.click();
  await expect(page).toHaveURL(/env=prod/);
  await expect(page).toHaveURL(/grafana\.enabled=false/);
  await expect(redo).toHaveAttribute('aria-disabled', 'true');
  // It stays within reach, but Playwright clicks nothing that calls itself disabled.
  await redo.press('Enter');
  await expect(said(page)).toContainText('There is nothing to redo');
});

test('the keyboard undoes, also from inside an input whose text is a value', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  await replicas.focus();
  // In one go: emptied, the field is null, which is a step of its own once the typing pauses.
  await replicas.fill('7');
  await expect(page).toHaveURL(/kafka\.replicas(=|%3D)7/);
  await page.keyboard.press('Control+z');
  await expect(replicas).toHaveValue('1');
  await expect(replicas).toBeFocused();
  await page.keyboard.press('Control+Shift+z');
  await expect(replicas).toHaveValue('7');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+y');
  await expect(replicas).toHaveValue('7');
});

test('a text that is no value yet is the browser’s to undo', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await service(page, 'Grafana').click();
  await releaseSettings(page);
  const release = page.getByRole('textbox', { name: 'Release name' });
  await release.focus();
  await page.keyboard.press('End');
  await page.keyboard.type(' X');
  await expect(release).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Control+z');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
});

test('a link to a field opens its card, shows it among all fields and marks it', async ({ page }) => {
  await open(page, 'field=kafka.persistence.storageClass');
  await hydrated(page);
  const row = page.locator('.field--found');
  await expect(row).toHaveCount(1);
  await expect(row).toBeVisible();
});
