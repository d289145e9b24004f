/** What a draft of a method begins from: shipped as a sample that nobody has approved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../kernel/package-root.js';
import { methodContentSchema, type MethodContent } from './model/index.js';

/** @throws {Error} where the shipped file is not as it must be: no input of a user's */
export function sampleMethod(): MethodContent {
  const file = join(packageRoot, 'regulation', 'assessment-method.json');
  return methodContentSchema.strip().parse(JSON.parse(readFileSync(file, 'utf8')));
}
