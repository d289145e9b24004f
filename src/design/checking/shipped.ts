/** Builds the context of the checks from the shipped files, for the command line without a database. */
import { defaultCalendar } from '../../calendar/index.js';
import type { CheckContext } from '../compliance/index.js';
import { sampleTree } from '../../sheet/classification/index.js';
import { createHandlers } from '../../handlers/index.js';
import { readAccessRules } from '../../identity/index.js';
import { packageFiles, packageText } from '../../kernel/package-content.js';
import { shippedPolicies } from '../../law/policy/index.js';
import { shippedCatalogue, shippedLaw } from '../../law/regulation/index.js';
import { checkContextOf } from './check-context.js';

const filesOf = (extension: string): readonly string[] =>
  packageFiles('processes', extension).map((file) => packageText(`processes/${file}`));

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
