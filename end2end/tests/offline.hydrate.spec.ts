// The server goes away, and comes back: as it was, or with another chart.
import { expect, fiveBrokers, hydrated, manifests, open, service, test } from './page';
import { test as own } from './server';

const GONE = 'The server cannot be reached';

test('a server that is gone is told, edits are kept, and the page goes on by itself', async ({ page }) => {
  await open(page);
  await hydrated(page);
  await page.route('**/api/fn/**', (route) => route.abort());
  await service(page, 'Grafana').click();
  const notice = page.getByRole('status', { name: 'Server' });
  await expect(notice).toContainText(GONE);
  await expect(page).toHaveURL(/grafana\.enabled=false/);
  // While it is gone the button asks at once; when it is back, the page goes on without one.
  const asked = page.waitForRequest('**/api/fn/**');
  await notice.getByRole('button', { name: 'Try now' }).click();
  await asked;
  await page.unroute('**/api/fn/**');
  await expect(manifests(page, 'Grafana')).toHaveCount(0);
  await expect(notice).toBeEmpty();
});

test('a browser that is online again asks at once', async ({ page, context }) => {
  await open(page);
  await hydrated(page);
  await context.setOffline(true);
  await service(page, 'Grafana').click();
  const notice = page.getByRole('status', { name: 'Server' });
  await expect(notice).toContainText(GONE);
  await page.getByRole('banner').getByText('Download', { exact: true }).click();
  await expect(page.getByText(/files come from there/)).toBeVisible();
  await context.setOffline(false);
  await expect(notice).toBeEmpty({ timeout: 3_000 });
  await expect(manifests(page, 'Grafana')).toHaveCount(0);
});

own('a server that comes back with another chart is taken as it is', async ({ page, server }) => {
  await open(page);
  await hydrated(page);
  const replicas = await fiveBrokers(page);
  await server.stop();
  // Nobody edits; the page hears it from the stream that broke.
  const notice = page.getByRole('status', { name: 'Server' });
  await expect(notice).toContainText(GONE);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Share and install' });
  await expect(panel.getByText(GONE)).toBeVisible();
  // What was made for an earlier state is not shown as if it were of this one.
  await expect(panel.getByText('helm upgrade')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await server.edit('Chart.yaml', (text) => text.replace(/^version: .*/m, 'version: 9.9.9'));
  await server.start();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('9.9.9');
  await expect(notice).toBeEmpty();
  await expect(replicas).toHaveValue('5');
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 5');
});
