// Two environments side by side, as they are chosen.
import { expect, hydrated, open, settings, test } from './page';

test('the chosen environment stands beside the next; the choice changes it', async ({ page }) => {
  await open(page, 'env=dev');
  await hydrated(page);
  await page.getByRole('tab', { name: 'Compare' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Compare' });
  await expect(panel.getByLabel('Left')).toHaveValue('dev');
  await expect(panel.getByRole('heading', { name: /^Values \d+ differences/ })).toBeVisible();
  await panel.getByLabel('Right').selectOption('dev');
  await expect(panel.getByRole('heading', { name: /^Values 0 differences/ })).toBeVisible();
  await expect(panel.getByRole('heading', { name: /^Manifests 0 resources differ/ })).toBeVisible();
});

test("the user's changes lie on top of both, or on none", async ({ page }) => {
  await open(page, 'set=kafka.replicas=7&tab=compare&left=dev&right=prod');
  const panel = page.getByRole('tabpanel', { name: 'Compare' });
  const replicas = panel.getByRole('button', { name: 'kafka.replicas', exact: true });
  await expect(panel.getByRole('heading', { name: /^Values/ })).toBeVisible();
  await expect(replicas).toHaveCount(0);
  await expect(async () => {
    await panel.getByLabel('With my changes').uncheck();
    await expect(replicas).toBeVisible({ timeout: 1000 });
  }).toPass();
  await replicas.click();
  await expect(page.getByRole('spinbutton', { name: 'Replicas', exact: true })).toBeFocused();
});

test('the totals follow the edits while they are looked at', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const status = page.getByRole('contentinfo', { name: 'Status' });
  await status.getByText('per environment').click();
  const pods = status.getByRole('row', { name: /^Pods \d/ });
  const before = await pods.innerText();
  const pane = await settings(page, 'Kafka');
  await pane.getByRole('spinbutton', { name: 'Replicas', exact: true }).fill('6');
  await expect(pods).not.toHaveText(before);
});
