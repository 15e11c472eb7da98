import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  // Under any prefix.
  base: './',
  resolve: {
    alias: {
      // The look of the server's own pages, so that /verify and this app are one.
      look: fileURLToPath(new URL('../../server/pages/static', import.meta.url)),
      // The package that this app is made of, as it is built beside it.
      '@connectx/react/styles.css': fileURLToPath(new URL('../react/styles.css', import.meta.url)),
      '@connectx/react': fileURLToPath(new URL('../react/dist/index.js', import.meta.url)),
    },
    // The package has a React of its own to be compiled with.
    dedupe: ['react'],
  },
  server: {
    // `npm run dev` shows this app beside a running `connectx serve`.
    proxy: { '/graphql': 'http://127.0.0.1:8000', '/logo': 'http://127.0.0.1:8000' },
  },
  build: {
    // Every file gets a hashed name of its own, so that the server may cache all of them forever.
    assetsInlineLimit: 0,
    // Current browsers preload modules by themselves.
    modulePreload: { polyfill: false },
    // The licenses of what is bundled ask to be handed on with it.
    license: { fileName: 'LICENSES.md' },
  },
});
