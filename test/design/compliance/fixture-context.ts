/** The context of a fixture: the shipped one, with the additions of `NAME.json` if that file exists. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckContext, RuleName } from '../../../src/design/compliance/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { checkContext } from '../../support/check-context.js';

const folder = join(packageRoot, 'test', 'design', 'compliance', 'fixtures');

export interface Fixture {
  readonly rule: RuleName;
  /** `valid…` or `invalid-…`. */
  readonly name: string;
  readonly source: string;
  readonly context: CheckContext;
}

export const fixtures: readonly Fixture[] = readdirSync(folder).flatMap((rule) =>
  readdirSync(join(folder, rule))
    .filter((file) => file.endsWith('.bpmn'))
    .map((file) => {
      const source = readFileSync(join(folder, rule, file), 'utf8');
      const beside = join(folder, rule, file.replace('.bpmn', '.json'));
      const sha256 = createHash('sha256').update(source).digest('hex');
      const said = existsSync(beside) ? readFileSync(beside, 'utf8').replaceAll('DRAFT', sha256) : '{}';
      return {
        rule: rule as RuleName,
        name: file.replace('.bpmn', ''),
        source,
        context: { ...checkContext, ...(JSON.parse(said) as Partial<CheckContext>) },
      };
    }),
);
