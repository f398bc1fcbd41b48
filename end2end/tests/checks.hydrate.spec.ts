// What needs what, and the list of all that is wrong: seen, gone to, mended with one click.
import { expect, hydrated, manifests, open, service, test } from './page';

test('switching off what others need shows what breaks, and mends it', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await service(page, 'Kafka').click();
  await expect(service(page, 'Kafka')).toHaveAttribute('aria-checked', 'false');
  const card = page.getByRole('listitem').filter({ has: service(page, 'Kafka') });
  await expect(card.getByText(/Kafka is off, but .* need it/)).toBeVisible();
  await card.getByRole('button', { name: /^Switch off \d+ dependants$/ }).click();
  await expect(service(page, 'Inference')).toHaveAttribute('aria-checked', 'false');
  await expect(card.getByText('Kafka is off')).toHaveCount(0);
  await expect(manifests(page, 'Kafka')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(service(page, 'Inference')).toHaveAttribute('aria-checked', 'true');
});

test('an external service is asked for its address', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await service(page, 'Kafka').click();
  const card = page.getByRole('listitem').filter({ has: service(page, 'Kafka') });
  await card.getByRole('button', { name: 'Use an external Kafka' }).click();
  await page.keyboard.insertText('kafka.example.com:9092');
  await expect(card.getByText('Kafka is off')).toHaveCount(0);
  await expect(page).toHaveURL(/externalBackend\.kafka\.bootstrapServers=/);
});

test('switching on a service offers what it misses', async ({ page }) => {
  await open(page, 'set=prometheus.enabled=false&set=grafana.enabled=false');
  await hydrated(page);
  await service(page, 'Grafana').click();
  const card = page.getByRole('listitem').filter({ has: service(page, 'Grafana') });
  await card.getByRole('button', { name: 'Switch on Prometheus' }).click();
  await expect(service(page, 'Prometheus')).toHaveAttribute('aria-checked', 'true');
  await expect(card.getByRole('button')).toHaveCount(0);
});

test('the Checks tab lists what is wrong, leads there and mends it', async ({ page }) => {
  await open(page, 'set=kafka.enabled=false');
  await hydrated(page);
  const tab = page.getByRole('tab', { name: /^Checks \(\d+\)$/ });
  await tab.click();
  const panel = page.getByRole('tabpanel', { name: /Checks/ });
  const gap = panel.getByRole('listitem').filter({ hasText: 'unmet-need' });
  await expect(gap).toHaveCount(1);
  await gap.getByRole('button', { name: 'Switch on Kafka' }).click();
  await expect(service(page, 'Kafka')).toHaveAttribute('aria-checked', 'true');
  await expect(panel.getByText('unmet-need')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Checks', exact: true })).toBeVisible();
});
