import type { RuleName } from './finding.js';
import { executable } from './checks/executable.js';
import { sound } from './checks/sound.js';
import type { Rule } from './subject.js';

/** In the order in which their findings are told. Rule 1 is what reading the file says (checks/well-formed.ts). */
export const rules: readonly (readonly [RuleName, Rule])[] = [
  ['sound', sound],
  ['executable', executable],
];
