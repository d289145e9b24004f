/** Cases that end in time in different ways: answered, returned, coordinated, repeated. */
import type { Day } from './day.js';
import {
  deskOf,
  district,
  gas,
  handled,
  heat,
  onTheSpot,
  satisfied,
  water,
  type Answers,
} from './desk-steps.js';

const [sign, handle, reply, feedback] = handled;

export async function deskLives(day: Day): Promise<void> {
  await ordinary(day);
  await returned(day);
  await several(day);
  await repeats(day);
}

/** Each outcome of the audit, the call back and the decision on rework. */
async function ordinary(day: Day): Promise<void> {
  const { accept, complete, dispatched, through, tell } = deskOf(day);
  await through(
    await accept(),
    ['Task_Register', { kind: 'help', channel: 'phone', conduct: 'orderly' }],
    ['Task_DecideWayOut', { wayOut: 'on-the-spot' }],
    [
      'Task_AnswerOnSpot',
      { answerSummary: '今晚恢复', withheldGround: 'privacy', withheldBasis: '《民法典》第一千零三十二条' },
    ],
  );
  for (const spotDecision of ['confirm', 'reopen']) {
    const accused = { conduct: 'orderly', accusation: 'none', accusedNone: '一家餐馆' };
    const order = await accept({ kind: 'report', answers: { ...onTheSpot, ...accused } });
    await complete(order, 'Task_ConfirmSpot', { spotDecision });
  }
  const notAllowed = await through(
    await dispatched(),
    sign,
    ['Task_Handle', { branch: 'not-allowed' }],
    ['Task_StateReasons', { legalBasis: '《城市供水条例》第二十条', explanation: '不在供水范围' }],
    reply,
    feedback,
  );
  await through(
    notAllowed,
    ['Task_AuditFeedback', { auditResult: 'doubtful' }],
    ['SubProcess_CallBack_Task_CallBack', { factsVerified: true, resolved: true, satisfaction: 'not-rated' }],
  );

  const again = await through(await dispatched(), ...handled, [
    'Task_AuditFeedback',
    { auditResult: 'return' },
  ]);
  const unsolved = { factsVerified: true, resolved: false, satisfaction: 'unsatisfied' };
  const rework = (reworkDecision: string): readonly [string, Answers] => [
    'Task_DecideRework',
    { reworkDecision },
  ];
  const second = await through(
    again,
    ...handled,
    ['Task_AuditFeedback', { auditResult: 'pass' }],
    ['SubProcess_CallBack_Task_CallBack', unsolved],
    rework('return'),
  );
  await through(
    second,
    ...handled,
    ['Task_AuditFeedback', { auditResult: 'pass' }],
    ['SubProcess_CallBack_Task_CallBack', unsolved],
    rework('close'),
  );

  // Sent back and supervised: the ground is stated and the unit is urged while it works on it
  // again.
  const supervised = await through(
    await dispatched(),
    ...handled,
    ['Task_AuditFeedback', { auditResult: 'pass' }],
    ['SubProcess_CallBack_Task_CallBack', unsolved],
    rework('return-supervised'),
    ['Task_StateGround', { supervisionGround: 'art28.p1.i4' }],
    ['Task_CityUrge', { cityUrgeRecord: '电话督促' }],
  );
  await through(supervised, ...handled, ...satisfied);

  // The unit's report is false, and nobody sends it back.
  const untrue = { factsVerified: false, resolved: false, satisfaction: 'unsatisfied' };
  await through(
    await dispatched(),
    ...handled,
    ['Task_AuditFeedback', { auditResult: 'pass' }],
    ['SubProcess_CallBack_Task_CallBack', untrue],
    rework('close'),
  );

  const unreached = {
    factsVerified: false,
    resolved: false,
    satisfaction: 'unreachable',
    callBackTries: 3,
    notEstablished: true,
  };
  await through(
    await dispatched(),
    ...handled,
    ['Task_AuditFeedback', { auditResult: 'pass' }],
    ['SubProcess_CallBack_Task_CallBack', unreached],
  );

  const confidential = await through(
    await dispatched(water, { confidential: true }),
    sign,
    handle,
    ['Task_ReplyCaller', { replyChannel: 'relay', replySummary: '已经恢复' }],
    feedback,
  );
  await through(confidential, ['Task_Relay', { relayChannel: 'phone' }], ...satisfied);
  const quiet = await through(
    await dispatched(water, { replyWanted: false }),
    sign,
    handle,
    feedback,
    ...satisfied,
  );

  for (const order of [
    quiet,
    await accept({ answers: onTheSpot }),
    await through(await dispatched(), ...handled),
  ]) {
    const asked = await tell(
      order,
      'explanation-requested',
      { explanationWanted: '为什么还没有水' },
      'agent',
    );
    const given = { explanationGiven: '管网老化' };
    const explains = asked.tasks.some(({ element }) => element === 'Task_HotlineExplains');
    await complete(asked, explains ? 'Task_HotlineExplains' : 'Task_GiveExplanation', given);
  }
}

/** Returned, designated, refused once more; passed on to a unit below. */
async function returned(day: Day): Promise<void> {
  const { dispatched, through } = deskOf(day);
  const back = ['Task_Receive', { receipt: 'return', returnReason: '不归本单位' }] as const;
  const designate = { returnDecision: 'designate', unit: water, returnDecisionReason: '就是本单位的职责' };
  await through(
    await dispatched(),
    back,
    ['SubProcess_Return_Task_DecideReturn', { returnDecision: 'reassign', unit: heat }],
    ...handled,
    ...satisfied,
  );
  const refused = await through(
    await dispatched(),
    back,
    ['SubProcess_Return_Task_DecideReturn', designate],
    back,
  );
  await through(
    refused,
    ...handled,
    ...satisfied,
    ['Task_Investigate'],
    ['Task_Hear', { hearing: 'heard' }],
    ['Task_Find', { established: false, severity: 'ordinary' }, 'adjudicator'],
  );
  await through(
    await dispatched(district),
    ['Task_Receive', { receipt: 'pass-on', unit: '莱芜区水利局' }],
    ...handled,
    ...satisfied,
  );
}

/** Several units: coordinated by the hotline, by the office, in the executive meeting. */
async function several(day: Day): Promise<void> {
  const { accept, through, dispatched } = deskOf(day);
  const answers = {
    conduct: 'orderly',
    wayOut: 'dispatch',
    dispatchBasis: 'trade',
    unit: water,
    severalUnits: 'yes',
    supportingUnits: `${heat}、${gas}`,
  };
  const coordinated = await through(await accept({ answers }), [
    'SubProcess_LeadUnit_Task_Coordinate',
    { unit: water, supportingUnits: `${heat}、${gas}`, coordinationResult: 'solved' },
  ]);
  await through(
    coordinated,
    ['Task_Support', { supportGiven: '已经配合' }],
    ['Task_Support', { supportGiven: '已经配合' }],
    ...handled,
    ...satisfied,
  );
  const complex = await through(
    await accept({ answers }),
    ['SubProcess_LeadUnit_Task_Coordinate', { unit: water, coordinationResult: 'unsolved' }],
    ['SubProcess_LeadUnit_Task_GeneralOffice', { unit: water, officeResult: 'unsolved' }],
    ['SubProcess_LeadUnit_Task_ExecutiveMeeting', { unit: heat }],
  );
  await through(complex, ...handled);
  const { supportingUnits: _supporting, severalUnits: _several, ...alone } = answers;
  const studied = await accept({ answers: { ...alone, concentrated: true } });
  await through(
    studied,
    sign,
    ['Task_SpecialStudy', { needsCity: true }],
    ['Task_SpecialReport'],
    handle,
    reply,
    feedback,
  );
  await dispatched();
}

/** The same facts and reasons again: explained, stated in writing, read. */
async function repeats(day: Day): Promise<void> {
  const { accept, dispatched, through } = deskOf(day);
  const earlier = (await through(await dispatched(), ...handled, ...satisfied)).sheet.no;
  const linked = { relatedSheet: earlier, sameFactsAndReasons: true, priorResult: 'handled' };
  const registered = { kind: 'help', channel: 'phone', conduct: 'orderly', ...linked };
  const order = await through(
    await accept(),
    ['Task_Register', registered],
    ['Task_DecideWayOut', { wayOut: 'dispatch' }],
    ['Task_Dispatch', { unit: water }],
  );
  for (const [one, given] of [
    [order, {}],
    [await dispatched(), { earlierSheet: earlier, earlierResult: 'handled' }],
  ] as const) {
    await through(
      one,
      sign,
      ['Task_Handle', { branch: 'no-further', ...given }],
      ['Task_ExplainNoFurther'],
      ['Task_WrittenStatement'],
      ['Task_ReadStatement'],
    );
  }
}
