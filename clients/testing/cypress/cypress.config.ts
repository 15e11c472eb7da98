import { defineConfig } from 'cypress';
import { type SeededPerson, TestServer } from '../src/server.ts';

export default defineConfig({
  e2e: {
    supportFile: 'cypress/commands.ts',
    specPattern: 'cypress/*.cy.ts',
    async setupNodeEvents(on, config) {
      const server = await TestServer.start();
      on('after:run', () => server.stop());
      on('task', {
        // A task returns null if it has nothing to say.
        'connectx:reset': () => server.reset().then(() => null),
        'connectx:advance': (seconds: number) => server.advance(seconds).then(() => null),
        'connectx:newUser': () => server.newUser(),
        'connectx:verifiedUser': (changed?: Partial<SeededPerson>) => server.verifiedUser(changed),
        'connectx:codeFor': (email: string) => server.codeFor(email),
      });
      return { ...config, env: { ...config.env, connectx: server.url } };
    },
  },
});
