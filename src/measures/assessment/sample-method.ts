/** The starting point for drafts of a method: a shipped sample, not approved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cityPackage } from '../../kernel/package-root.js';
import { methodContentSchema, type MethodContent } from './model/index.js';

/** @throws {Error} if the shipped file is wrong: a fault of the build */
export function sampleMethod(): MethodContent {
  const file = join(cityPackage(), 'regulation', 'assessment-method.json');
  return methodContentSchema.strip().parse(JSON.parse(readFileSync(file, 'utf8')));
}
