import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './src/playwright.ts';

const { CHROMIUM, WEB_APP } = process.env;

export default defineConfig<object, WorkerFixtures>({
  testDir: 'e2e',
  outputDir: 'node_modules/.playwright',
  workers: 1,
  reporter: 'line',
  use: {
    // The app of this example is the one that the server has with it.
    serverOptions: WEB_APP === undefined ? [] : ['--web', WEB_APP],
    launchOptions: CHROMIUM === undefined ? {} : { executablePath: CHROMIUM, args: ['--no-sandbox'] },
  },
});
