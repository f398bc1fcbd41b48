// The Values tab of a link, with and without WebAssembly.
import { expect, open, test } from './page';

test('a link opens the values, the user\'s own and all of them', async ({ page }) => {
  await open(page, 'env=prod&set=kafka.replicas=5&tab=values');
  await expect(page.getByRole('textbox', { name: 'Your overrides' })).toHaveValue('kafka:\n  replicas: 5\n');
  const all = page.getByRole('region', { name: 'All values, merged' });
  await expect(all.getByRole('button', { name: 'you replicas: 5' })).toBeVisible();
  await expect(all.getByRole('button', { name: /^prod/ }).first()).toBeVisible();
  await all.getByRole('radio', { name: 'Changed by you' }).check();
  await expect(all.getByRole('button', { name: /^chart/ }).first()).toBeHidden();
});
