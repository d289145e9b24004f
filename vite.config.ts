/** The console: src/web is built into dist/web, which the program serves itself. */
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { listsOf } from './src/http/contract/lists.js';
import type { Operation } from './src/http/contract/operation.js';
import { operations } from './src/http/contract/operations.js';
import { deedsOf } from './src/http/contract/deeds.js';
import { withLaw } from './src/http/contract/law-of-page.js';
import { civilDateOf } from './src/kernel/civil-date.js';
import { shippedLaw } from './src/law/regulation/shipped-laws/index.js';

const routesOf = (all: readonly (readonly [id: string, operation: Operation])[]) =>
  JSON.stringify(Object.fromEntries(all.map(([id, { method, path }]) => [id, { method, path }])));
const all: readonly (readonly [id: string, operation: Operation])[] = Object.entries(operations);

export default defineConfig({
  root: 'src/web',
  // Without the program, its pages get the law from here.
  plugins: [
    {
      // dmn-js writes styles into markup, which the pages' rules of security drop with a complaint each.
      name: 'no-styles-in-markup',
      enforce: 'pre',
      transform: (code, id) =>
        /dmn-js-(?:shared|decision-table)\/lib\/.*\.js/.test(id)
          ? code.replaceAll('style="', 'data-style="')
          : null,
    },
    // All components are written with setup.
    vue({ features: { optionsAPI: false } }),
    {
      name: 'law',
      apply: 'serve',
      transformIndexHtml: (html) => withLaw(html, shippedLaw(civilDateOf(new Date()))),
    },
  ],
  define: {
    routesOfBuild: routesOf(all),
    openRoutesOfBuild: routesOf(all.filter(([, { access }]) => access === 'anyone')),
    listsOfBuild: JSON.stringify(listsOf(operations)),
    deedsOfBuild: JSON.stringify(deedsOf(operations)),
  },
  // Scripts and styles name each other by where they lie: the program may be reached below a path of the host.
  experimental: {
    renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `/${file}` : { relative: true }),
  },
  build: {
    rollupOptions: {
      input: ['src/web/index.html', 'src/web/caller.html'],
      // A file of its own costs a kilobyte of headers: what callers' pages and the console share comes in one, and so
      // does what most screens of the console share.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'shared',
              test: /@vue\/|plugin-vue|web\/(api\/(client|routes|said)|session\/session|components\/field-errors|change-feed\/|time\/)|(refusal-note|offline-bar|public-page)\.vue|(kernel|web\/law|http\/contract)\/(page-|of-page-)?law/,
              priority: 1,
            },
            {
              name: 'shell',
              test: /web\/(lost-page|session\/|components\/(console-shell|shell-nav|screen-links|who-am-i|lost-page))/,
            },
            {
              name: 'lists',
              test: /web\/(resource\/|components\/(counted|merged-mark|altered-mark|language-badge|emergency-mark|case-link|cursor-list|more-rows))/,
              minShareCount: 2,
            },
            { name: 'filing', test: /screens\/query\/(file-|refused-note)|uploads/ },
            {
              name: 'console',
              test: /\/(components|session|identity|element-plus|lodash-es|@vueuse|@ctrl|http\/contract)\//,
              minShareCount: 9,
            },
          ],
        },
      },
    },
    outDir: '../../dist/web',
    emptyOutDir: true,
    // No inlined pictures, no polyfill script in the page: the security policy allows files of the program only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});
