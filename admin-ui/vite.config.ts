import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const BACKEND = process.env.YIZHAN_URL ?? 'http://127.0.0.1:8080';
/** What the server answers itself; everything else under a city is a page. */
const SERVED = /^\/[a-z][a-z0-9-]{1,31}\/(graphql|session|uploads|files|markets\/[^/]+\/qr\.svg)/;

/** In development, does what the server does in earnest: one HTML file per half of the site. */
function pages(): Plugin {
  return {
    name: 'yizhan-pages',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/';
        const isFile = /\.\w+$/.test(path) || /^\/(@|src\/|node_modules\/|assets\/)/.test(path);
        if (!isFile && !SERVED.test(path)) {
          request.url = /^\/admin(\/|$)/.test(path) ? '/admin/index.html' : '/index.html';
        }
        next();
      });
    },
  };
}

/** What the public pages ask is text that travels to a cheap phone: it goes without the indents that are for readers. */
function lean(): Plugin {
  return {
    name: 'yizhan-lean-documents',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      return /src\/public\/.*gql\/graphql\.ts$/.test(id) ? { code: code.replace(/\n\s+/g, '\n'), map: null } : null;
    },
  };
}

export default defineConfig({
  plugins: [react(), pages(), lean()],
  // Imports workers (`?worker`), which Vite understands and the bundler of dependencies does not.
  optimizeDeps: { exclude: ['@graphiql/react/setup-workers/vite'] },
  server: {
    port: 5173,
    proxy: { [SERVED.source]: { target: BACKEND, ws: true } },
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Monaco, for those who may see the schema, is one large lazy chunk.
    chunkSizeWarningLimit: 4500,
    rollupOptions: {
      onwarn(warning, warn) {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
      output: {
        // Nobody loads the words of two languages: the weighing tells them apart by their names.
        chunkFileNames: ({ facadeModuleId }) => {
          const language = /\/i18n\/([\w-]+)\//.exec(facadeModuleId ?? '')?.[1];
          return language ? `assets/words-${language}-[name]-[hash].js` : 'assets/[name]-[hash].js';
        },
      },
      input: {
        public: resolve(import.meta.dirname, 'index.html'),
        admin: resolve(import.meta.dirname, 'admin/index.html'),
      },
    },
  },
  test: {
    environment: 'node',
    // antd in jsdom is slow on a machine that is also building.
    testTimeout: 30_000,
    setupFiles: ['tests/setup.ts'],
    include: ['tests/**/*.test.{ts,tsx}'],
  },
} as Parameters<typeof defineConfig>[0]);
