// What a person does before WebAssembly has loaded is not lost.
import { expect, hydrated, manifests, test } from './page';

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
