/** The console: src/web is built into dist/web, which the program serves itself. */
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { law } from './src/kernel/law.js';

export default defineConfig({
  root: 'src/web',
  plugins: [vue()],
  define: { lawOfBuild: JSON.stringify(law()) },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // No inlined pictures, no polyfill script in the page: the security policy allows files of the program only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});
