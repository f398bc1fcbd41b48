// The keyboard reaches everything, and the help says how.
import { expect, hydrated, open, releaseSettings, service, settings, test } from './page';

test('? lists the shortcuts in groups; Escape gives the focus back', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await service(page, 'Grafana').focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog.getByRole('heading', { name: 'Editing' })).toBeVisible();
  await expect(dialog).toContainText('Undo');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(service(page, 'Grafana')).toBeFocused();
});

test('keys move between columns, tabs and environments', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  await page.keyboard.press(']');
  await expect(tab('Manifests')).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('[');
  await expect(tab('Manifests')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('2');
  await expect(page.getByRole('tab').nth(1)).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(/tab=/);
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page.getByRole('tab').nth(1)).toBeFocused();
  await page.keyboard.press('e');
  await expect(page.getByRole('radio', { name: 'base', exact: true })).toBeFocused();
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await expect(page.getByRole('region', { name: 'Settings' }).locator(':focus')).toHaveCount(1);
});

test('letters typed in an input stay letters, and single letters can be switched off', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const release = (await releaseSettings(page)).getByRole('textbox', { name: 'Release name' });
  await release.fill('');
  await release.pressSequentially('e2');
  await expect(release).toHaveValue('e2');
  await expect(page.getByRole('tab', { name: 'Manifests' })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  await expect(page.getByRole('tab', { name: 'Manifests' })).toHaveAttribute('aria-selected', 'true');
});

test('no shortcut of a single key works while something is typed, a dialog is open, or a switch has the focus', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const url = page.url();
  // A search box of the manifests, a number, a text: all keep their letters.
  const namespace = (await releaseSettings(page)).getByRole('textbox', { name: 'Namespace' });
  for (const box of [namespace, page.getByRole('searchbox').first()]) {
    await box.focus();
    for (const key of ['s', 'a', 'c', 'n', 'p', 'h', 'l', '1', '?', '/', '[']) await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await box.fill('');
  }
  await namespace.fill('default');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  for (const key of ['2', 'h', 'a', 'Control+k', 'Control+z']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Manifests' })).toHaveAttribute('aria-selected', 'true');
  await service(page, 'Grafana').focus();
  await page.keyboard.press('Space');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
  await page.keyboard.press('Control+z');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'true');
  expect(page.url()).toBe(url);
});

test('every key that the help lists does what it says', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'env=dev');
  await hydrated(page);
  const said = page.getByRole('contentinfo', { name: 'Status' }).getByRole('status');
  const pressed = (name: RegExp) => expect(page.getByRole('group', { name: 'Fields shown' }).getByRole('button', { name })).toHaveAttribute('aria-pressed', 'true');
  await settings(page, 'Kafka');
  await page.keyboard.press('a');
  await pressed(/^All/);
  await expect(page).toHaveURL(/form=all/);
  await page.keyboard.press('c');
  await pressed(/^Changed/);
  await page.keyboard.press('s');
  await pressed(/^Short/);
  await expect(page).not.toHaveURL(/form=/);
  await service(page, 'Grafana').click();
  await expect(page.getByRole('button', { name: /^\d+ changed$/ })).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('region', { name: 'Preview' }).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('p');
  await page.keyboard.press('Control+z');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'true');
  await page.keyboard.press('Control+Shift+z');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+y');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
  for (const [number, name] of [['2', 'Checks'], ['1', 'Manifests']] as const) {
    await page.keyboard.press(number);
    await expect(page.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('Control+s');
  await expect(said).toContainText('Saved to the history');
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog', { name: 'History' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('region', { name: 'Services' }).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog', { name: /install/i })).toBeVisible();
  await page.keyboard.press('Escape');
});

test('Escape closes the totals and the menus, and the focus goes back to what opened them', async ({ page }) => {
  await open(page);
  await hydrated(page);
  for (const name of ['per environment', 'Download']) {
    const summary = page.locator('summary').filter({ hasText: new RegExp(`^${name}$`) });
    await summary.focus();
    await page.keyboard.press('Enter');
    const menu = page.locator('details[open]').filter({ has: summary });
    await expect(menu).toHaveCount(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await expect(menu).toHaveCount(0);
    await expect(summary).toBeFocused();
  }
});

test('what an edit did is said once it settles, and an error at a field too', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const said = page.getByRole('contentinfo', { name: 'Status' }).getByRole('status');
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  await replicas.fill('3');
  await expect(said).toContainText(/changed/);
  await replicas.fill('-1');
  await expect(said).toContainText(/1 error/);
});

test('the view stands in the address and comes back with it', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await settings(page, 'MinIO');
  await page.getByRole('tab', { name: 'Values' }).click();
  await expect(page).toHaveURL(/show=minio/);
  await expect(page).toHaveURL(/tab=values/);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Settings' }).getByRole('heading', { level: 3, name: 'MinIO', exact: true })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Values' })).toHaveAttribute('aria-selected', 'true');
});

test('what is compared stands in the address and comes back with it', async ({ page }) => {
  await open(page, 'tab=compare');
  await hydrated(page);
  await page.getByRole('tab', { name: 'Compare' }).click();
  await expect(page).not.toHaveURL(/left=|right=|mine=/);
  await page.getByRole('combobox', { name: 'Left' }).selectOption('prod');
  await page.getByRole('combobox', { name: 'Right' }).selectOption('dev');
  await page.getByRole('checkbox', { name: /my changes/ }).uncheck();
  await expect(page).toHaveURL(/left=prod&right=dev&mine=false/);
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Left' })).toHaveValue('prod');
  await expect(page.getByRole('combobox', { name: 'Right' })).toHaveValue('dev');
  await expect(page.getByRole('checkbox', { name: /my changes/ })).not.toBeChecked();
});
