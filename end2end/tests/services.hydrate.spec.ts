// The column of services: keys, groups, marks.
import { expect, hydrated, open, service, settings, test } from './page';

test('arrows go from card to card, Space switches, Enter opens', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const kafka = page.getByRole('link', { name: 'Kafka settings', exact: true });
  await kafka.focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('link', { name: 'MinIO settings', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(kafka).toBeFocused();
  await page.keyboard.press('Space');
  await expect(service(page, 'Kafka')).toHaveAttribute('aria-checked', 'false');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('region', { name: 'Settings' }).getByRole('heading', { level: 3, name: 'Kafka' }),
  ).toBeVisible();
});

test('a group is switched as one, and back as one step', async ({ page }) => {
  await open(page);
  await hydrated(page);
  const group = page.getByRole('group', { name: 'Monitoring' });
  await group.getByRole('button', { name: 'All off in Monitoring' }).click();
  await expect(service(page, 'Prometheus')).toHaveAttribute('aria-checked', 'false');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(service(page, 'Prometheus')).toHaveAttribute('aria-checked', 'true');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'true');
});

test('a card says what was changed in it, what it needs and who needs it', async ({ page }) => {
  await open(page, 'set=mlflow.replicas=1&set=minio.enabled=false');
  await hydrated(page);
  const mlflow = page.getByRole('link', { name: 'MLflow settings', exact: true });
  await expect(mlflow).toHaveAttribute('aria-description', /misses a service/);
  const pane = await settings(page, 'MLflow');
  await expect(pane.getByRole('list', { name: 'Needs', exact: true })).toContainText('MinIO (off)');
  await pane.getByRole('list', { name: 'Needed by' }).getByRole('button').first().click();
  await expect(pane.getByRole('list', { name: 'Needs', exact: true })).toContainText('MLflow');
});
