// The settings form: what is shown first, and the controls, each as a person uses it.
import type { Locator, Page } from '@playwright/test';
import { expect, hydrated, manifests, open, settings, test, unfold } from './page';

const pane = (page: Page): Locator => page.getByRole('region', { name: 'Settings' });

test('the essentials of the whole chart come first', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const form = pane(page);
  await expect(form.getByRole('heading', { level: 3, name: 'Essentials' })).toBeVisible();
  const kafka = form.getByRole('group', { name: 'Kafka', exact: true });
  await expect(kafka.getByRole('spinbutton', { name: 'Replicas', exact: true })).toHaveValue('1');
  await kafka.getByRole('spinbutton', { name: 'Replicas', exact: true }).fill('3');
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 3');
  await kafka.getByRole('link', { name: 'Kafka' }).click();
  await expect(form.getByRole('heading', { level: 3, name: 'Kafka', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Essentials', exact: true }).click();
  await expect(form.getByRole('heading', { level: 3, name: 'Essentials' })).toBeVisible();
});

test('short, all and changed are one key away, and only what was changed is shown', async ({ page }) => {
  await open(page, 'set=kafka.replicas=3&set=grafana.enabled=false');
  await hydrated(page);
  const form = pane(page);
  await page.keyboard.press('c');
  await expect(form.getByRole('button', { name: 'Changed' })).toHaveAttribute('aria-pressed', 'true');
  await expect(form.getByRole('group', { name: 'Kafka', exact: true })).toBeVisible();
  await expect(form.getByRole('group', { name: 'Grafana', exact: true }).getByRole('switch', { name: 'Enabled' })).not.toBeChecked();
  await expect(form.getByRole('spinbutton')).toHaveCount(1);
  await form.getByRole('button', { name: 'Reset Replicas' }).click();
  await expect(form.getByRole('spinbutton', { name: 'Replicas' })).toHaveValue('1');
  await page.getByRole('heading', { level: 3, name: 'Essentials' }).focus();
  await page.keyboard.press('a');
  await expect(form.getByRole('button', { name: /^All/ })).toHaveAttribute('aria-pressed', 'true');
  await form.getByText('MinIO', { exact: true }).click();
  await expect(form.getByRole('spinbutton').first()).toBeVisible();
  await page.keyboard.press('s');
  await expect(form.getByRole('button', { name: 'Short' })).toHaveAttribute('aria-pressed', 'true');
});

test('everything is reset at once, and that can be taken back', async ({ page }) => {
  await open(page, 'set=kafka.replicas=3&set=minio.persistence.size=77Gi');
  await hydrated(page);
  await pane(page).getByRole('button', { name: 'Reset everything' }).click();
  await expect(page).not.toHaveURL(/kafka/);
  await expect(pane(page).getByRole('button', { name: 'Reset everything' })).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(page).toHaveURL(/kafka\.replicas/);
});

test('a request above its limit is told, and mended by a click', async ({ page }) => {
  await open(page, 'env=prod');
  await hydrated(page);
  const form = await settings(page, 'Inference');
  const cpu = form.getByRole('group', { name: 'CPU', exact: true });
  const request = cpu.getByRole('textbox', { name: 'CPU request' });
  const limit = cpu.getByRole('textbox', { name: 'CPU limit' });
  await request.fill('3');
  await expect(cpu.getByRole('alert')).toContainText('The request is above the limit');
  await cpu.getByRole('button', { name: 'Raise limit to 3' }).click();
  await expect(limit).toHaveValue('3');
  await expect(cpu.getByRole('alert')).toBeEmpty();
  await request.fill('4');
  await cpu.getByRole('button', { name: /^Lower request to 3/ }).click();
  await expect(request).toHaveValue('3');
});

test('a slider moves in round steps, and the box follows', async ({ page }) => {
  await open(page, 'env=prod');
  await hydrated(page);
  const form = await settings(page, 'Inference');
  const slider = form.getByRole('slider', { name: 'Memory limit slider' });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(form.getByRole('textbox', { name: 'Memory limit' })).toHaveValue('6Gi');
  await expect(slider).toHaveAttribute('aria-valuetext', '6Gi');
  await expect(manifests(page, 'Inference')).toContainText('memory: 6Gi');
});

test('fewest pods above most are told', async ({ page }) => {
  await open(page, 'env=prod');
  await hydrated(page);
  const form = await settings(page, 'Inference');
  const scaling = form.getByRole('group', { name: 'Autoscaling', exact: true });
  await scaling.getByRole('spinbutton', { name: 'Maximum replicas' }).fill('3');
  await expect(scaling.getByRole('alert')).toContainText('The minimum is above the maximum of 3');
  await scaling.getByRole('button', { name: 'Lower minimum to 3' }).click();
  await expect(scaling.getByRole('spinbutton', { name: 'Minimum replicas' })).toHaveValue('3');
});

test('a volume is one block: whether, how large, how shared', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const form = await settings(page, 'MinIO');
  await unfold(form);
  const volume = form.getByRole('group', { name: 'Persistence', exact: true });
  await volume.getByRole('textbox', { name: 'Storage size' }).fill('64Gi');
  const modes = volume.getByRole('group', { name: 'Access modes' });
  await modes.getByRole('checkbox', { name: 'ReadWriteMany' }).check();
  await expect(manifests(page, 'MinIO')).toContainText('storage: "64Gi"');
  await expect(manifests(page, 'MinIO')).toContainText('- ReadWriteMany');
});

test('hosts are added, filled in, moved and removed', async ({ page }) => {
  await open(page, 'set=ingress.enabled=true');
  await hydrated(page);
  const form = await settings(page, 'Ingress');
  const hosts = form.getByRole('group', { name: 'Hosts', exact: true }).first();
  await expect(hosts.getByRole('group', { name: 'Hosts 1', exact: true }).getByRole('textbox', { name: 'Host name' })).toHaveValue('mlflow.example.com');
  await hosts.getByRole('button', { name: 'Add to Hosts', exact: true }).click();
  const items = hosts.getByRole('group', { name: /^Hosts \d+$/ });
  const count = await items.count();
  const last = items.last();
  await last.getByRole('textbox', { name: 'Host name' }).fill('eda.example.com');
  await last.getByRole('combobox', { name: 'Service' }).selectOption('eda');
  await expect(manifests(page, 'Ingress')).toContainText('eda.example.com');
  await last.getByRole('button', { name: `Move up Hosts ${count}` }).click();
  await expect(items.nth(count - 2).getByRole('textbox', { name: 'Host name' })).toHaveValue('eda.example.com');
  await hosts.getByRole('button', { name: `Remove Hosts ${count - 1}` }).click();
  await expect(items).toHaveCount(count - 1);
  // Told as a line that went.
  await expect(manifests(page, 'Ingress').locator('del').filter({ hasText: 'eda.example.com' })).toHaveCount(1);
});

test('the path of a field is told and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await hydrated(page);
  const form = await settings(page, 'Kafka');
  await form.getByRole('button', { name: 'About Replicas' }).focus();
  await page.keyboard.press('Enter');
  await expect(form.getByText('kafka.replicas', { exact: true })).toBeVisible();
  await form.getByRole('button', { name: 'Copy path' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('kafka.replicas');
  await page.keyboard.press('Escape');
  await expect(form.getByText('kafka.replicas', { exact: true })).toBeHidden();
});

test('YAML that is none is told with its line, and the line is marked', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const form = await settings(page, 'Kafka');
  await unfold(form);
  const box = form.getByRole('textbox', { name: 'Extra volumes', exact: true });
  await box.fill('- name: a\n  emptyDir: {\n- b');
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await expect(box).toHaveAccessibleDescription(/line \d/);
  await expect(form.locator('.area__lines mark')).toHaveText(/\d/);
});

test('a secret is masked, shown on demand, and said to stay out of links', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const form = await settings(page, 'PostgreSQL');
  await unfold(form);
  const password = form.getByLabel('Password', { exact: true });
  await expect(password).toHaveAttribute('type', 'password');
  await form.getByRole('button', { name: 'Show Password' }).click();
  await expect(password).toHaveAttribute('type', 'text');
  await expect(form.getByText('Never enters a link.').first()).toBeVisible();
});
