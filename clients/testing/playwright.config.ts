import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './src/playwright.ts';

const { CHROMIUM } = process.env;

export default defineConfig<object, WorkerFixtures>({
  testDir: 'e2e',
  outputDir: 'node_modules/.playwright',
  workers: 1,
  reporter: 'line',
  use: {
    serverOptions: ['--web-app'], // the app of this example is the one that connectx has with it
    launchOptions: CHROMIUM === undefined ? {} : { executablePath: CHROMIUM, args: ['--no-sandbox'] },
  },
});
