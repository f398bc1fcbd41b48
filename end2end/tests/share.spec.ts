// The share panel with and without WebAssembly: the browser opens it, and every export is a file.
import { expect, open, test } from './page';

test('the panel opens, and its links are downloads', async ({ page, request }) => {
  await open(page, 'env=prod&set=kafka.replicas=5');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Share and install' });
  await expect(panel.getByRole('textbox', { name: 'Link' })).toHaveValue(/env=prod&set=kafka\.replicas=5$/);
  await panel.getByText('Argo CD', { exact: true }).click();
  const link = panel.getByRole('link', { name: 'Download application.yaml' });
  await expect(link).toBeVisible();
  const answer = await request.get((await link.getAttribute('href')) ?? '');
  expect(await answer.text()).toContain('replicas: 5');
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toBeHidden();
});
