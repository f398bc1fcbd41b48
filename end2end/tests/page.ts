// The page as a person speaks of it, and checks that every test makes.
import { expect, test as base, type Locator, type Page } from '@playwright/test';

/** Widths and heights of windows, by name: a wide one, a narrow one, a phone's. */
export const WINDOWS = { '1440': [1440, 900], '1024': [1024, 768], '390': [390, 844] } as const;

/** A test that fails when the page logs an error or asks another host for anything. */
export const test = base.extend<{ clean: void }>({
  clean: [
    async ({ page, baseURL }, use) => {
      const faults: string[] = [];
      const home = new URL(baseURL ?? 'http://127.0.0.1:3000').host;
      page.on('console', (message) => {
        if (message.type() === 'error' && !expected(message.text())) faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('request', (request) => {
        const url = new URL(request.url());
        if (url.protocol.startsWith('http') && url.host !== home) faults.push(`asked ${url.host}`);
      });
      await use();
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

/** What the browser itself says when a test takes the server away. */
function expected(text: string): boolean {
  return [
    'net::ERR_FAILED',
    'net::ERR_INTERNET_DISCONNECTED',
    'net::ERR_CONNECTION_REFUSED',
    'net::ERR_CONNECTION_RESET',
    'net::ERR_EMPTY_RESPONSE',
    'net::ERR_INCOMPLETE_CHUNKED_ENCODING',
  ].some((words) => text.includes(words));
}

/** Opens the composer; with scripts, waits until WebAssembly has taken over. */
export async function open(page: Page, query = ''): Promise<void> {
  await page.goto(`/${query ? `?${query}` : ''}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Chartroom');
}

/** Waits until WebAssembly has taken over: until then buttons submit the page's form. */
export async function hydrated(page: Page): Promise<void> {
  await expect(page.locator('html[data-live]')).toHaveCount(1);
}

/** The switch of a service. */
export function service(page: Page, title: string): Locator {
  return page.getByRole('switch', { name: title, exact: true });
}

/** Opens the release settings. */
export async function releaseSettings(page: Page): Promise<Locator> {
  const panel = page.getByRole('group', { name: 'Release settings' });
  if (!(await panel.isVisible())) await page.locator('summary.release__summary').click();
  await expect(panel).toBeVisible();
  return panel;
}

/** The manifests of one service. */
export function manifests(page: Page, title: string): Locator {
  return page.getByRole('region', { name: 'Preview' }).getByRole('region', { name: title, exact: true });
}

/** Opens the settings of a service. */
export async function settings(page: Page, title: string): Promise<Locator> {
  await page.getByRole('link', { name: `${title} settings`, exact: true }).click();
  const pane = page.getByRole('region', { name: 'Settings' });
  await expect(pane.getByRole('heading', { level: 3, name: title, exact: true })).toBeVisible();
  return pane;
}

/** Sets Kafka's replicas to 5, waits for the manifests, and gives the input. */
export async function fiveBrokers(page: Page): Promise<Locator> {
  const pane = await settings(page, 'Kafka');
  const replicas = pane.getByRole('spinbutton', { name: 'Replicas', exact: true });
  await replicas.fill('5');
  await expect(manifests(page, 'Kafka')).toContainText('replicas: 5');
  return replicas;
}

/** Shows all fields of the open card, sections unfolded. */
export async function unfold(pane: Locator): Promise<void> {
  await pane.getByRole('button', { name: /^All/ }).click();
  const folded = pane.locator('details:not([open]) > summary');
  while ((await folded.count()) > 0) await folded.first().click();
}

export { expect };
