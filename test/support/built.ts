/** Tests of the command line and the browser run the built program, which must match the present sources. */
import { join } from 'node:path';
import { packageRoot } from '../../src/kernel/package-root.js';
import { staleSource } from '../../tools/sources.js';

const fresh = new Set<string>();

/** @throws where `dist/` is older than `src/` */
export function requireBuilt(part: 'program' | 'console'): void {
  if (fresh.has(part)) return;
  const stale = staleSource(part);
  if (stale !== undefined)
    throw new Error(`dist/ 不是由现在的 src/ 编译的（src/${stale} 较新）：先执行 npm run build`);
  fresh.add(part);
}

/** The path of the command. */
export function builtProgram(): string {
  requireBuilt('program');
  return join(packageRoot, 'bin', 'hotline.mjs');
}
