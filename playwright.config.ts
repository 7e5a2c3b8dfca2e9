import { defineConfig } from '@playwright/test';
import { chromiumArgs, chromiumPath } from './e2e/browser.ts';
import { environment } from './lib/server/env.ts';

export default defineConfig({
  testDir: 'e2e/journeys',
  testMatch: '*.e2e.ts',
  // Each has a demo of its own, and most of a journey is waiting for what shows by itself.
  workers: 2,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: environment().ci,
  use: {
    launchOptions: {
      executablePath: await chromiumPath(environment().chromiumPath),
      args: [...chromiumArgs],
    },
    trace: 'retain-on-failure',
  },
});
