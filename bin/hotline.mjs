#!/usr/bin/env node
import console from 'node:console';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const main = join(root, 'dist', 'cli', 'main.js');

if (!existsSync(main)) refuse('没有编译过：dist/ 里没有程序');
// Only the server is refused: it would run for months.
else if (process.argv[2] === 'serve' && isStale()) refuse('dist/ 比 src/ 旧：源程序更新过，没有重新编译');
else await import('../dist/cli/main.js');

/** A checkout may have moved on since it was built; a package has no sources. */
function isStale() {
  if (!existsSync(join(root, 'src', 'cli', 'main.ts'))) return false;
  const timeOf = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const builtAt = Math.max(timeOf(main), timeOf(join(root, 'dist', 'sources.sha256')));
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true }).some(
    (entry) =>
      entry.isFile() && !entry.name.endsWith('.md') && timeOf(join(entry.parentPath, entry.name)) > builtAt,
  );
}

function refuse(what) {
  console.error(`${what}。\n怎么办：停下正在运行的程序，执行 npm ci（或者 npm run build），再启动。`);
  process.exitCode = 1;
}
