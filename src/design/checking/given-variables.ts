/**
 * Case variables that the program itself sets, besides forms and handlers: who sets them, in words
 * for the officer, and which values they have. A diagram may use them without asking for them.
 */
import {
  aDate,
  aList,
  aNumber,
  anInstant,
  anything,
  aRecord,
  aText,
  aTruth,
  oneOf,
  orNull,
  type ValueType,
} from '../../engine/index.js';
import type { Law } from '../../kernel/law.js';

export interface Given {
  readonly by: string;
  readonly writes: { readonly [variable: string]: ValueType };
}

const aMove = aRecord({ from: anInstant, to: anInstant });

export const givenVariables = (law: Law): readonly Given[] => [
  // cases/accept.ts, intake/classify-sheet.ts, correction/correct-sheet.ts
  {
    by: '受理登记',
    writes: {
      channel: oneOf(...law.channels.map(({ key }) => key)),
      kind: oneOf(...law.kinds.map(({ key }) => key)),
      wishesReply: aTruth,
      confidential: aTruth,
      noContact: aTruth,
      classPath: aList(aText),
      proposed: anything,
    },
  },
  // cases/units.ts: set as soon as a form names the unit
  {
    by: '单位名册',
    writes: {
      unitDistrict: orNull(aText),
      unitIsDistrict: aTruth,
      unitKinds: aList(aRecord({ name: aText, kind: aText })),
      bodies: anything,
    },
  },
  // cases/upstream/link-upstream.ts, remind.ts
  { by: '上级热线转来', writes: { fromUpstream: aTruth, upstreamDue: anInstant } },
  { by: '上级热线的期限已过', writes: { upstreamPassed: aTruth } },
  // cases/calendar/withdrawal.ts
  {
    by: '放假安排的更正',
    writes: {
      withdrawnOverdue: aList(anInstant),
      withdrawnReds: aList(anInstant),
      withdrawnLimits: aList(anInstant),
      redatedOverdue: aList(aMove),
      redatedOrders: aList(aMove),
      resumedOrder: oneOf('first', 'second', 'third'),
      resumedSince: anInstant,
    },
  },
  // cases/assessment/close-period.ts
  {
    by: '考核封账',
    writes: {
      period: aText,
      logSize: aNumber,
      method: anything,
      counts: anything,
      groups: anything,
      received: aNumber,
    },
  },
  // cases/publication/ended-months.ts
  { by: '每月公开', writes: { period: aText, publishBy: aDate } },
  // cases/intake/knowledge-lapse.ts
  {
    by: '知识库到期',
    writes: { unit: aText, knowledgeEntry: aNumber, knowledgeVersion: aNumber },
  },
];

/** Variables that a table of proposed answers may read: cases/intake/proposal.ts. */
export const sheetVariables = (law: Law): Given['writes'] => ({
  kind: orNull(oneOf(...law.kinds.map(({ key }) => key))),
  classPath: orNull(aList(aText)),
  trade: orNull(aText),
  district: orNull(aText),
});

/**
 * Messages that the program sends to a case, including those it prepares for timers
 * (`duty:prepare`). Diagrams throw or people send all other messages.
 */
export const sentMessages: readonly string[] = [
  // cases/assessment/close-period.ts, publication/ended-months.ts
  'assessment-period-closed',
  'month-ended',
  // cases/calendar/withdrawal.ts
  'overdue-withdrawn',
  'supervision-resumed',
  // cases/intake/knowledge-lapse.ts, knowledge.ts
  'supervision-ordered',
  'handled',
  'supervision-unneeded',
];
