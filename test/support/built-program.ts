/**
 * Programs of this folder that tests start and kill many times: bundled with `dist/` they load in a
 * third of the time.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { packageRoot } from '../../src/kernel/package-root.js';
import { requireBuilt } from './built.js';

const made = new Map<string, Promise<string>>();

/**
 * @param name of the file, `writer-program.ts`
 * @returns the path of what `node` runs
 */
export function builtTestProgram(name: string): Promise<string> {
  const known = made.get(name) ?? make(name);
  made.set(name, known);
  return known;
}

async function make(name: string): Promise<string> {
  requireBuilt('program');
  const folder = await mkdtemp(join(tmpdir(), 'program-'));
  const outfile = join(folder, name.replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [join(packageRoot, 'test', 'support', name)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    plugins: [onDist],
    logLevel: 'error',
  });
  return outfile;
}

/** Bundles code of `test/`; uses the built `src/` and installed packages. */
const onDist: Plugin = {
  name: 'on-dist',
  setup: (building) => {
    building.onResolve({ filter: /.*/ }, ({ path, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      if (!path.startsWith('.')) return { path: import.meta.resolve(path), external: true };
      const file = join(resolveDir, path);
      const inSources = relative(join(packageRoot, 'src'), file);
      if (inSources.startsWith('..')) return { path: file.replace(/\.js$/, '.ts') };
      return { path: pathToFileURL(join(packageRoot, 'dist', inSources)).href, external: true };
    });
  },
};
