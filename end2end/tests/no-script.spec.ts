// Without WebAssembly a form submit applies a change and answers with the whole page.
import { expect, manifests, open, service, test } from './page';

test.use({ javaScriptEnabled: false });

test('a switch submits the form', async ({ page }) => {
  await open(page, 'env=dev');
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'true');
  await service(page, 'Grafana').click();
  await expect(service(page, 'Grafana')).toHaveAttribute('aria-checked', 'false');
  await expect(page.getByRole('radio', { name: 'dev', exact: true })).toBeChecked();
  await expect(manifests(page, 'Grafana')).toHaveCount(0);
});
