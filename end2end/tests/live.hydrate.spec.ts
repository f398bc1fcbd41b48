// The chart's files are edited while the page is open.
import { expect, fiveBrokers, hydrated, manifests, open } from './page';
import { test } from './server';

/** The watcher must have seen the chart before it changes. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));

// How soon, the benchmark tells.
test('a changed template is in the manifests by itself, and edits stay', async ({ page, server }) => {
  await open(page);
  await hydrated(page);
  const replicas = await fiveBrokers(page);
  await settle();
  // What it did to the manifests is said a moment after it.
  const reloaded = page.waitForFunction(
    () => document.querySelector('.status__said')?.textContent?.includes('Chart reloaded: 1 template changed'),
  );
  await server.edit('templates/infrastructure/kafka.yaml', (text) => `{{/* edited */}}\n${text}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: just-written\n`);
  await expect(page.getByText('just-written').first()).toBeAttached();
  await reloaded;
  await expect(replicas).toHaveValue('5');
  await expect(page).toHaveURL(/kafka\.replicas/);
});

test('a changed form is drawn anew: edits, focus and undo stay', async ({ page, server }) => {
  await open(page);
  await hydrated(page);
  const replicas = await fiveBrokers(page);
  await expect(replicas).toBeFocused();
  await settle();
  await server.edit('Chart.yaml', (text) => text.replace(/^version: .*/m, 'version: 9.9.9'));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('9.9.9');
  await expect(replicas).toHaveValue('5');
  await expect(replicas).toBeFocused();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(replicas).toHaveValue('1');
});

test('a broken chart is told with its line, and mended without a trace', async ({ page, server }) => {
  await open(page);
  await hydrated(page);
  await settle();
  let good = '';
  await server.edit('values.yaml', (text) => {
    good = text;
    return `${text}\n  wrong\n`;
  });
  const alert = page.getByRole('alert', { name: 'Chart files' });
  await expect(alert).toContainText(/values\.yaml.* line \d+/);
  await expect(manifests(page, 'Kafka')).toContainText('StatefulSet');
  await server.edit('values.yaml', () => good);
  await expect(alert).toBeEmpty();

  // What only Helm's engine minds is told in its words, over the last good manifests.
  await server.edit('templates/infrastructure/kafka.yaml', (text) => {
    good = text;
    return `{{ if }}\n${text}`;
  });
  const failure = page.getByRole('alert', { name: 'Chart failure' });
  await expect(failure).toContainText('templates/infrastructure/kafka.yaml:1');
  await expect(manifests(page, 'Kafka')).toContainText('StatefulSet');
  await server.edit('templates/infrastructure/kafka.yaml', () => good);
  await expect(failure).toBeEmpty();
});
