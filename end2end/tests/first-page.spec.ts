// What the server's own HTML holds: with and without WebAssembly.
import { expect, manifests, open, service, test } from './page';

const SERVICES = [
  'Kafka', 'MinIO', 'PostgreSQL', 'MLflow', 'FastAPI gateway',
  'EDA', 'Preprocess', 'Train GRU', 'Train LSTM', 'Prophet', 'Evaluation',
  'Inference', 'Inference load balancer', 'Prometheus', 'Grafana',
  'Locust master', 'Locust workers', 'Ingress',
];

test('the manifests are in the HTML that the server sends', async ({ request }) => {
  const html = await (await request.get('/')).text();
  expect(html).toContain('StatefulSet');
  expect(html).toContain('kafka');
  expect(html).not.toContain('http-equiv');
});

test('all services are there, each with its switch, in groups', async ({ page }) => {
  await open(page);
  for (const title of SERVICES) await expect(service(page, title)).toHaveCount(1);
  for (const group of ['Infrastructure', 'Data pipeline', 'Inference', 'Monitoring', 'Load testing', 'Networking']) {
    await expect(page.getByRole('region', { name: 'Services' }).getByRole('heading', { name: group, exact: true })).toBeVisible();
  }
});

test('the card of a service opens by its link', async ({ page }) => {
  await open(page, 'show=kafka');
  const pane = page.getByRole('region', { name: 'Settings' });
  await expect(pane.getByRole('heading', { level: 3, name: 'Kafka', exact: true })).toBeVisible();
  await expect(pane.getByRole('spinbutton', { name: 'Replicas', exact: true })).toBeVisible();
});

test('a link opens its composition', async ({ page }) => {
  await open(page, 'env=prod&set=kafka.replicas=5&show=kafka');
  await expect(page.getByRole('radio', { name: 'prod', exact: true })).toBeChecked();
  await expect(page.getByRole('spinbutton', { name: 'Replicas', exact: true })).toHaveValue('5');
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 5');
});

test('a link with faults opens, and says what it left out', async ({ page }) => {
  await open(page, 'env=nowhere&set=kafka.replicas=two&set=no.such.key=1');
  const banner = page.getByRole('region', { name: 'Problems in the link' });
  await expect(banner).toContainText('nowhere');
  await expect(banner).toContainText('kafka.replicas');
  await expect(banner).toContainText('no');
  await expect(manifests(page, 'Kafka')).toContainText('StatefulSet');
});
