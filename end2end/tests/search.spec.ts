// Search as a link: with and without JavaScript.
import { expect, open, test } from './page';

test('a link to a search lists the hits as links that lead to their field', async ({ page }) => {
  await open(page, 'env=prod&q=memory');
  const line = page.getByRole('search', { name: 'Search results' });
  await expect(line).toContainText(/\d+ hits/);
  const first = line.getByRole('listitem').first().getByRole('link');
  await expect(first).toContainText(/memory/i);
  await first.click();
  await expect(line).toContainText('1 of');
  await expect(page.locator('.field--found')).toHaveCount(1);
  await expect(page).toHaveURL(/env=prod/);
});
