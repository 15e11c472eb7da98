import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  // The page is served at /graphql and its files at /graphql's own level, under any prefix.
  base: './',
  resolve: {
    alias: {
      // The same operations that clients generate their code from.
      operations: fileURLToPath(new URL('../../clients/operations', import.meta.url)),
    },
  },
  build: {
    assetsDir: 'graphiql',
    // Every file gets a hashed name of its own, so that the server may cache all of them forever.
    assetsInlineLimit: 0,
    // Current browsers preload modules by themselves.
    modulePreload: { polyfill: false },
    // The licenses of what is bundled ask to be handed on with it.
    license: { fileName: 'LICENSES.md' },
    // Bundled React components carry directives for server rendering, which is not done here.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
    // Monaco is one chunk of several megabytes, and nobody waits for it but a developer.
    chunkSizeWarningLimit: 5000,
  },
});
