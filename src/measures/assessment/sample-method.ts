/** The starting point for drafts of a method: a shipped sample, not approved. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Law } from '../../kernel/law.js';
import { cityPackage } from '../../kernel/package-root.js';
import { methodContentSchema, type MethodContent } from './model/index.js';

/** @throws {Error} if the shipped file is wrong: a fault of the build */
export function sampleMethod(law: Law): MethodContent {
  const file = join(cityPackage(), 'regulation', 'assessment-method.json');
  return methodContentSchema(law)
    .strip()
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}
