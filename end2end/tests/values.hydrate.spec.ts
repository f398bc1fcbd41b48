// The Values tab: the user's own values as a text in step with the form, and all values, merged.
import { readFile } from 'node:fs/promises';
import { expect, hydrated, manifests, open, service, settings, test } from './page';
import type { Locator, Page } from '@playwright/test';

const TEXT = `# Overrides for the cluster in Ghent

kafka:
  replicas: 5 # five zones
`;

/** Opens the tab and returns the text box. */
async function values(page: Page, query = ''): Promise<Locator> {
  await open(page, query);
  await hydrated(page);
  await page.getByRole('tab', { name: 'Values' }).click();
  return page.getByRole('textbox', { name: 'Your overrides' });
}

test('text and form are in step both ways, and comments stay', async ({ page }) => {
  const text = await values(page);
  await text.fill(TEXT);
  await expect(page).toHaveURL(/set=kafka\.replicas(=|%3D)5/);
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  await expect(replicas).toHaveValue('5');
  await replicas.fill('7');
  await expect(text).toHaveValue(TEXT.replace('5 #', '7 #'));
  await service(page, 'Grafana').click();
  await expect(text).toHaveValue(`${TEXT.replace('5 #', '7 #')}grafana:\n  enabled: false\n`);
  await pane.getByRole('button', { name: 'Reset Replicas', exact: true }).click();
  await expect(text).toHaveValue('# Overrides for the cluster in Ghent\n\ngrafana:\n  enabled: false\n');
});

test('a mistake is marked at its line, keeps the text and traps nobody', async ({ page }) => {
  const text = await values(page, 'set=kafka.replicas=5');
  await expect(text).toHaveValue('kafka:\n  replicas: 5\n');
  await text.fill('kafka:\n  replicas: 5\n  other: [1\n');
  const problems = page.getByRole('status', { name: 'Problems in your overrides' });
  await expect(problems).toContainText('Line');
  await expect(page.locator('.editor__line--wrong')).toHaveCount(1);
  await expect(text).toHaveAttribute('aria-invalid', 'true');
  await expect(page).toHaveURL(/kafka\.replicas(=|%3D)5/);
  // The tab can be left, the form goes on, and the text is still there.
  await page.getByRole('tab', { name: 'Manifests' }).click();
  await service(page, 'Grafana').click();
  await expect(manifests(page, 'Grafana')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Values' }).click();
  await expect(text).toHaveValue('kafka:\n  replicas: 5\n  other: [1\n');
  // Mended, it goes together with what the form did.
  await text.fill('kafka:\n  replicas: 3 # mended\n');
  await expect(text).toHaveValue('kafka:\n  replicas: 3 # mended\ngrafana:\n  enabled: false\n');
  await expect(page.locator('.editor__line--wrong')).toHaveCount(0);
  await expect(problems).not.toContainText('Line');
});

test('a text with a mistake can be discarded', async ({ page }) => {
  const text = await values(page, 'set=kafka.replicas=5');
  await text.fill('a: b: c');
  await page.getByRole('button', { name: 'Discard my text' }).click();
  await expect(text).toHaveValue('kafka:\n  replicas: 5\n');
});

test('a key with nothing behind it yet takes no service away', async ({ page }) => {
  const text = await values(page);
  await text.fill('kafka:\n');
  await expect(page.getByRole('status', { name: 'Problems in your overrides' })).toContainText('nothing stands under kafka yet');
  await page.getByRole('tab', { name: 'Manifests' }).click();
  await expect(manifests(page, 'Kafka')).toContainText('StatefulSet');
});

test('a value that does not fit is marked at its line, and leads there', async ({ page }) => {
  const text = await values(page);
  await text.fill('# note\nkafka:\n  replicas: two\n');
  const problems = page.getByRole('status', { name: 'Problems in your overrides' });
  await expect(problems).toContainText('kafka.replicas');
  await problems.getByRole('button', { name: 'Line 3' }).click();
  await expect(text).toBeFocused();
  expect(await text.evaluate((box: HTMLTextAreaElement) => box.value.slice(box.selectionStart, box.selectionEnd))).toBe('  replicas: two');
});

test('Tab indents, Escape and Tab leave', async ({ page }) => {
  const text = await values(page);
  await text.focus();
  await page.keyboard.type('kafka:');
  await page.keyboard.press('Enter');
  await page.keyboard.type('replicas: 4');
  await expect(text).toHaveValue('kafka:\n  replicas: 4');
  await page.keyboard.press('Tab');
  await expect(text).toHaveValue('kafka:\n  replicas: 4  ');
  await page.keyboard.press('Shift+Tab');
  await expect(text).toHaveValue('kafka:\nreplicas: 4  ');
  await expect(text).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(text).not.toBeFocused();
});

test('the text is downloaded, opened from a file, and reset', async ({ page }) => {
  const text = await values(page);
  await text.fill(TEXT);
  await expect(page).toHaveURL(/kafka/);
  const part = page.getByRole('region', { name: 'Your overrides' });
  const [download] = await Promise.all([page.waitForEvent('download'), part.getByRole('link', { name: 'Download' }).click()]);
  expect(await readFile(await download.path(), 'utf8')).toBe(TEXT);
  await part.getByRole('button', { name: 'Reset all' }).click();
  await expect(text).toHaveValue('');
  await expect(page).not.toHaveURL(/kafka/);
  await part.getByLabel('Open file').setInputFiles({ name: 'mine.yaml', mimeType: 'application/yaml', buffer: Buffer.from(TEXT) });
  await expect(text).toHaveValue(TEXT);
  await expect(page).toHaveURL(/kafka\.replicas(=|%3D)5/);
});

test('undo brings the text back with its comments', async ({ page }) => {
  const text = await values(page);
  await text.fill(TEXT);
  await expect(page).toHaveURL(/kafka/);
  await page.getByRole('region', { name: 'Your overrides' }).getByRole('button', { name: 'Reset all' }).click();
  await expect(text).toHaveValue('');
  await page.getByRole('tab', { name: 'Values' }).focus();
  await page.keyboard.press('Control+z');
  await expect(text).toHaveValue(TEXT);
});

test('the merged values show where each comes from, are filtered, and lead to the field', async ({ page }) => {
  await values(page, 'env=prod&set=kafka.heap=2g&set=kafka.replicas=5');
  const all = page.getByRole('region', { name: 'All values, merged' });
  await expect(all.getByRole('button', { name: 'you replicas: 5' })).toBeVisible();
  await expect(all.getByRole('button', { name: /^chart/ }).first()).toBeVisible();
  await expect(all.getByRole('button', { name: /^prod/ }).first()).toBeVisible();
  await all.getByRole('radio', { name: 'Changed by you' }).check();
  await expect(all.getByRole('button', { name: /^prod/ }).first()).toBeHidden();
  await expect(all.getByRole('button', { name: 'you replicas: 5' })).toBeVisible();
  await all.getByRole('radio', { name: 'All', exact: true }).check();
  await all.getByRole('searchbox', { name: 'Filter the merged values' }).fill('kafka.REPLICAS');
  await expect(all.getByRole('button')).toHaveCount(1);
  await all.getByRole('button', { name: 'you replicas: 5' }).click();
  await expect(page.getByRole('region', { name: 'Settings' }).getByRole('spinbutton', { name: 'Replicas', exact: true })).toBeFocused();
});

test('secrets are masked in the merged values', async ({ page }) => {
  const text = await values(page);
  await text.fill('postgresql:\n  auth:\n    password: correct-horse\n');
  await expect(page.getByRole('region', { name: 'All values, merged' })).toContainText('••••••');
  await expect(page.getByRole('region', { name: 'All values, merged' })).not.toContainText('horse');
  expect(page.url()).not.toContain('horse');
});
