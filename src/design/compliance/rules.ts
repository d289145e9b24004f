import { behaviour } from './checks/behaviour.js';
import { conditions } from './checks/conditions.js';
import { deadConditions } from './checks/dead-conditions.js';
import { deadline } from './checks/deadline.js';
import { escalation } from './checks/escalation.js';
import { deeds } from './checks/deeds.js';
import { evidence } from './checks/evidence.js';
import { executable } from './checks/executable.js';
import { exits } from './checks/exits.js';
import { keptScenarios } from './checks/kept-scenarios.js';
import { listeners } from './checks/listeners.js';
import { names } from './checks/names.js';
import { normCoverage } from './checks/norm-coverage.js';
import { permission } from './checks/permission.js';
import { personalData } from './checks/personal-data.js';
import { precedence } from './checks/precedence.js';
import { replayedCases } from './checks/replayed-cases.js';
import { response } from './checks/response.js';
import { runningCases } from './checks/running-cases.js';
import { scenarios } from './checks/scenarios.js';
import { separation } from './checks/separation.js';
import { sound } from './checks/sound.js';
import type { RuleName } from './finding.js';
import type { Rule } from './subject.js';

/** In the order of their findings. Rule 1 is the reader's result (checks/well-formed.ts). */
export const rules: readonly (readonly [RuleName, Rule])[] = [
  ['sound', sound],
  ['norm-coverage', normCoverage],
  ['response', response],
  ['precedence', precedence],
  ['deadline', deadline],
  ['escalation', escalation],
  ['permission', permission],
  ['separation', separation],
  ['personal-data', personalData],
  ['evidence', evidence],
  ['executable', executable],
  ['scenarios', scenarios],
  ['scenarios', keptScenarios],
  ['behaviour', behaviour],
  ['replayed-cases', replayedCases],
  ['running-cases', runningCases],
  ['deeds', deeds],
  ['names', names],
  ['conditions', conditions],
  ['exits', exits],
  ['listeners', listeners],
  ['dead-conditions', deadConditions],
];
