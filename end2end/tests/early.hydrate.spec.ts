// What a person does before WebAssembly has loaded is not lost.
import { expect, hydrated, manifests, open, service, test } from './page';
import type { Page } from '@playwright/test';

test('what was changed before the page came alive is applied when it does', async ({ page }) => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/*.wasm*', async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto('/?show=kafka', { waitUntil: 'commit' });
  await page.getByRole('radio', { name: 'dev', exact: true }).check();
  await page.getByRole('spinbutton', { name: 'Replicas', exact: true }).fill('3');
  await expect(page.locator('html[data-live]')).toHaveCount(0);
  arrive();
  await hydrated(page);
  await expect(page.getByRole('radio', { name: 'dev', exact: true })).toBeChecked();
  await expect(page.getByRole('spinbutton', { name: 'Replicas', exact: true })).toHaveValue('3');
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 3');
  await expect(page).toHaveURL(/env=dev.*set=kafka\.replicas=3/);
});

test.describe('while the page comes alive part by part', () => {
  test.beforeEach(async ({ page }) => {
    // The loader goes from part to part when the browser lets it: here only when the test does.
    await page.addInitScript(() => {
      const held: (() => void)[] = [];
      const go = () => held.splice(0).forEach((one) => one());
      const begun = () => document.querySelector('.later:not([data-later])');
      const scheduler = {
        yield: () => new Promise<void>((resolve) => (begun() ? held.push(resolve) : resolve())),
      };
      Object.defineProperty(window, 'scheduler', { value: scheduler });
      Object.assign(window, { goOn: () => { scheduler.yield = () => Promise.resolve(); go(); } });
    });
  });

  const waiting = (page: Page) => page.locator('[data-later]');
  const goOn = (page: Page) => page.evaluate(() => (window as unknown as { goOn(): void }).goOn());

  test('a click finds the whole page alive', async ({ page }) => {
    await open(page);
    // The first of them is through.
    await expect(page.locator('.later:not([data-later])').first()).toBeAttached();
    expect(await waiting(page).count()).toBeGreaterThan(10);
    await service(page, 'Grafana').click();
    await expect(waiting(page)).toHaveCount(0);
    await expect(service(page, 'Grafana')).not.toBeChecked();
    await expect(manifests(page, 'Grafana')).toHaveCount(0);
    await expect(page).toHaveURL(/set=grafana\.enabled=false/);
    await goOn(page);
    await hydrated(page);
    await expect(service(page, 'Grafana')).not.toBeChecked();
  });

  test('a field that is typed into keeps what is typed, and so does one that was changed before', async ({ page }) => {
    await open(page, 'show=kafka');
    await expect(page.locator('.later:not([data-later])').first()).toBeAttached();
    const replicas = page.getByRole('spinbutton', { name: 'Replicas', exact: true });
    // As a browser fills a form in again: without an event.
    await replicas.evaluate((field: HTMLInputElement) => (field.value = '4'));
    await page.getByRole('radio', { name: 'dev', exact: true }).check();
    await expect(waiting(page)).toHaveCount(0);
    await goOn(page);
    await hydrated(page);
    await expect(page.getByRole('radio', { name: 'dev', exact: true })).toBeChecked();
    await expect(replicas).toHaveValue('4');
    await expect(manifests(page, 'Kafka')).toContainText('replicas: 4');
    await replicas.fill('5');
    await expect(manifests(page, 'Kafka')).toContainText('replicas: 5');
  });

  test('a key is a shortcut at once', async ({ page }) => {
    await open(page);
    await expect(page.locator('.later:not([data-later])').first()).toBeAttached();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
    await page.keyboard.type('kafka');
    await expect(page.getByRole('option').first()).toContainText(/kafka/i);
  });
});
