/** Builds the context of the checks from the shipped files, for the command line without a database. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCalendar } from '../../calendar/index.js';
import type { CheckContext } from '../compliance/index.js';
import { sampleTree } from '../../sheet/classification/index.js';
import { createHandlers } from '../../handlers/index.js';
import { readAccessRules } from '../../identity/index.js';
import { cityPackage } from '../../kernel/package-root.js';
import { shippedPolicies } from '../../law/policy/index.js';
import { shippedCatalogue, shippedLaw } from '../../law/regulation/index.js';
import { checkContextOf } from './check-context.js';

function filesOf(extension: string): readonly string[] {
  const folder = join(cityPackage(), 'processes');
  return readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

/** @param day selects the version of the regulation: `YYYY-MM-DD` in Asia/Shanghai */
export function shippedCheckContext(day: string): CheckContext {
  const policies = shippedPolicies();
  const { norms, vocabulary } = shippedCatalogue(day);
  return checkContextOf({
    law: shippedLaw(day),
    classes: sampleTree(),
    units: undefined,
    norms,
    vocabulary,
    inForce: filesOf('.bpmn'),
    tables: filesOf('.dmn'),
    handlers: createHandlers().names(),
    calendar: defaultCalendar(),
    policies: policies.all,
    valueOf: (key) => policies.named(key).value,
    access: readAccessRules(),
  });
}
