/** The starting point for drafts of a method: a shipped sample, not approved. */
import type { Law } from '../../kernel/law.js';
import { packageJson } from '../../kernel/package-content.js';
import { methodContentSchema, type MethodContent } from './model/index.js';

/** @throws {Error} if the shipped file is wrong: a fault of the build */
export const sampleMethod = (law: Law): MethodContent =>
  methodContentSchema(law).strip().parse(packageJson('regulation/assessment-method.json'));
