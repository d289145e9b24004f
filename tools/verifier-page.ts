/**
 * Builds the verifier as one HTML file that needs no network: `dist/verifier/verify.html`. Its script is `verifier/` with
 * `page/platform.mjs` in place of Node.js; titles of entries are those of docs/reference/entries.md.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'verifier', 'page');

async function script(): Promise<string> {
  const entries = await readFile(join(root, 'docs', 'reference', 'entries.md'), 'utf8');
  const titles = Object.fromEntries(
    [...entries.matchAll(/^- `([^`]+)` \*\*([^*]+)\*\*/gm)].map(([, type = '', title = '']) => [type, title]),
  );
  const built = (await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    define: { entryTitles: JSON.stringify(titles) },
    plugins: [
      {
        name: 'in-a-browser',
        enforce: 'pre',
        resolveId: (name) =>
          name === 'node:buffer'
            ? join(root, 'node_modules', 'buffer', 'index.js')
            : /\/platform\.mjs$/.test(name)
              ? join(folder, 'platform.mjs')
              : undefined,
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(folder, 'main.mjs'), formats: ['iife'], name: 'verifier' },
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk] = built[0]?.output ?? [];
  if (!chunk) throw new Error('no script was built');
  // In the page the script would end at this text.
  return chunk.code.replaceAll('</script', '<\\/script').trim();
}

const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const [template, style, code] = await Promise.all([
  readFile(join(folder, 'page.html'), 'utf8'),
  readFile(join(folder, 'style.css'), 'utf8'),
  script(),
]);
const policy = [
  "default-src 'none'",
  `script-src ${digest(code)}`,
  `style-src ${digest(style)}`,
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const page = template
  .replace('{{policy}}', () => policy)
  .replace('<!-- style -->', () => `<style>${style}</style>`)
  .replace('<!-- script -->', () => `<script>${code}</script>`);
await mkdir(join(root, 'dist', 'verifier'), { recursive: true });
await writeFile(join(root, 'dist', 'verifier', 'verify.html'), page);
