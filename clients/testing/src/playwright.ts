import { test as base } from '@playwright/test';
import { type Person, TestServer } from './server.ts';

export type Fixtures = {
  /** The server, empty at the beginning of each test. */
  server: TestServer;
  /** Somebody who has registered, and has not verified the address. */
  newUser: Person;
  /** Somebody who can log in. */
  verifiedUser: Person;
  /** The code in the next mail to this address. It waits for the mail. */
  codeFor: (email: string) => Promise<string>;
};

export type WorkerFixtures = {
  /** Arguments of `connectx test-server`, such as `['--port', '8100']` for an app that has to know it. */
  serverOptions: string[];
  /** The server of one worker of Playwright: tests that run side by side do not share any. */
  serverOfWorker: TestServer;
};

export const test = base.extend<Fixtures, WorkerFixtures>({
  serverOptions: [[], { option: true, scope: 'worker' }],
  serverOfWorker: [
    async ({ serverOptions }, use) => {
      const server = await TestServer.start(...serverOptions);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  server: async ({ serverOfWorker }, use) => {
    await serverOfWorker.reset();
    await use(serverOfWorker);
  },
  newUser: async ({ server }, use) => use(await server.newUser()),
  verifiedUser: async ({ server }, use) => use(await server.verifiedUser()),
  codeFor: async ({ server }, use) => use((email) => server.codeFor(email)),
});

export { expect } from '@playwright/test';
