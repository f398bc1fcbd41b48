// What a link says about the manifests is in the server's HTML: with and without WebAssembly.
import { expect, manifests, open, test } from './page';

test('a link compares with the untouched environment', async ({ page }) => {
  await open(page, 'env=prod&set=kafka.replicas=5&against=env');
  await expect(manifests(page, 'Kafka').locator('ins', { hasText: 'replicas: 5' })).toBeVisible();
  await expect(manifests(page, 'Kafka').locator('del', { hasText: 'replicas: 3' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'untouched prod' })).toHaveAttribute('aria-current', 'true');
});

test('a link filters', async ({ page }) => {
  await open(page, 'filter=statefulset');
  await expect(manifests(page, 'Kafka').getByRole('heading', { level: 4, name: /^StatefulSet/ })).toBeVisible();
  await expect(manifests(page, 'Kafka').getByRole('heading', { level: 4, name: /^Service / })).toHaveCount(0);
});

test('a resource is a link to its file', async ({ page, request }) => {
  await open(page, 'env=prod');
  const link = manifests(page, 'Kafka').getByRole('link', { name: /^Download StatefulSet/ });
  const address = await link.getAttribute('href');
  const text = await (await request.get(address ?? '')).text();
  expect(text).toContain('kind: StatefulSet');
  expect(text).not.toContain('kind: Service\n');
});

test('the images have a tab of their own', async ({ page }) => {
  await open(page, 'tab=images');
  const panel = page.getByRole('tabpanel', { name: 'Images' });
  await expect(panel.getByText(/^\d+ images/)).toBeVisible();
  await expect(panel.getByRole('listitem').filter({ hasText: 'kafka' }).first()).toBeVisible();
});
