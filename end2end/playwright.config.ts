// Browser tests of a running server, whose address is in BASE_URL (`cargo xtask test` sets it).
import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

// Debian's Chromium where it is installed, else Playwright's own browser.
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

export default defineConfig({
  testDir: './tests',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  outputDir: './test-results',
  use: {
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: chromium, args: ['--no-sandbox'] },
  },
  // What needs WebAssembly is in `*.hydrate.spec.ts`; everything else is walked with and without it.
  projects: [
    { name: 'script', testIgnore: '**/no-script.spec.ts', use: { javaScriptEnabled: true } },
    { name: 'no-script', testIgnore: '**/*.hydrate.spec.ts', use: { javaScriptEnabled: false } },
  ],
});
