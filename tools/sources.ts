/** Whether dist/ was built from the present sources, by the fingerprint that `npm run build` records. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { packageRoot } from '../src/kernel/package-root.js';

const src = join(packageRoot, 'src');
const dist = join(packageRoot, 'dist');

export const fingerprintFile = join(dist, 'sources.sha256');

export function fingerprintOfSources(): string {
  const hash = createHash('sha256');
  for (const path of sources())
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(src, path)));
  return hash.digest('hex');
}

/**
 * The first source newer than its build; undefined if none. Times count only if dist/ was not built by `npm run build`,
 * or not from these sources: a checkout changes times without changing content.
 *
 * @param part the program (dist/**.js), or the console (dist/web)
 */
export function staleSource(part: 'program' | 'console'): string | undefined {
  if (read(fingerprintFile) === fingerprintOfSources()) return undefined;
  const ofConsole = (path: string): boolean => path.startsWith(`web${sep}`);
  const built = (path: string): string =>
    ofConsole(path) ? join('web', 'index.html') : `${path.slice(0, -3)}.js`;
  return sources()
    .filter((path) => (part === 'console' ? ofConsole(path) : path.endsWith('.ts') && !ofConsole(path)))
    .find((path) => timeOf(join(src, path)) > timeOf(join(dist, built(path))));
}

function sources(): string[] {
  const found = readdirSync(src, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name).slice(src.length + 1))
    .sort();
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** 0 if the file is missing. */
const timeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
