import { execFileSync } from 'node:child_process';
import { packageRoot } from '../src/kernel/package-root.js';

/** Files of the repository, relative to its root. */
export const trackedFiles = (): readonly string[] =>
  execFileSync('git', ['ls-files', '-z'], { cwd: packageRoot, encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\0')
    .filter((path) => path !== '');
