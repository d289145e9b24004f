/** Reference material beside the project, not part of it: `../shared`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/kernel/package-root.js';

/**
 * Call in `before(function () { … shared(this, 'cases/expected.jsonl') })`. Without the material,
 * CI fails and a local run skips; each says so.
 *
 * @returns the absolute path of the file or folder
 */
export function shared(context: Mocha.Context, path: string): string {
  const absolute = join(packageRoot, '..', 'shared', path);
  if (existsSync(absolute)) return absolute;
  const missing = `../shared/${path} is not there`;
  if (process.env['CI']) throw new Error(missing);
  console.warn(`      skipped: ${missing}`);
  return context.skip();
}
