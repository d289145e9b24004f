/** Complaints and reports against units, persons and the hotline itself; recusal stated and demanded; clues. */
import type { Day } from './day.js';
import {
  deskOf,
  gas,
  handled,
  heat,
  satisfied,
  toUnit,
  water,
  type Answers,
  type Order,
} from './desk-steps.js';

const hotline = '市热线工作机构';
const statement = (accusedUnit: string): Answers => ({ conduct: 'orderly', accusation: 'unit', accusedUnit });
/** Only who accuses somebody may demand a recusal. */
const ofSomebody = {
  kind: 'report',
  title: '举报抢修人员态度生硬',
  answers: { ...toUnit(water), accusation: 'person' },
};

export async function deskAccusations(day: Day): Promise<void> {
  await reports(day);
  await recusals(day);
  await theHotline(day);
  await clues(day);
}

/** The accused unit does not see it; another one handles it. */
async function reports(day: Day): Promise<void> {
  const { accept, through } = deskOf(day);
  const report = await accept({
    kind: 'report',
    title: '举报违规施工',
    answers: { ...statement(gas), ...toUnit(water) },
  });
  await through(report, ...handled, ...satisfied);
  const interested = await accept({
    kind: 'complaint',
    answers: { ...statement(gas), interestedUnits: `${heat}` },
  });
  await through(
    interested,
    ['Task_DecideWayOut', { wayOut: 'dispatch' }],
    ['Task_Dispatch', { unit: water }],
    ...handled,
  );
  const person = {
    kind: 'complaint',
    accusedPersons: 'desk-agent',
    answers: { conduct: 'orderly', accusation: 'person' },
  };
  const about = await accept(person);
  await through(
    about,
    ['Task_DecideWayOut', { wayOut: 'dispatch' }, 'colleague'],
    ['Task_Dispatch', { unit: water }, 'colleague'],
    ...handled,
  );
}

/** Recusals known later, or demanded: granted and refused. */
async function recusals(day: Day): Promise<void> {
  const { accept, dispatched, through, tell, complete } = deskOf(day);
  const [sign, handle] = handled;
  const stated = { withdrawingUnits: water, recusalBasis: 'accused', recusalFacts: '来电人补充说明' };
  const early = await tell(await dispatched(), 'recusal-stated', stated, 'agent');
  await through(early, ['Task_RuleAfterRecusal', { unit: heat }], ...handled, ...satisfied);
  const own = await through(await dispatched(), sign, handle);
  await through(
    await tell(own, 'recusal-stated', { ...stated, recusalBasis: 'interest' }, 'water'),
    ['Task_RuleAfterRecusal', { unit: gas }],
    ...handled,
  );
  await tell(await dispatched(), 'recusal-stated', { ...stated, withdrawingUnits: heat }, 'reviewer');

  const demand = { demandedUnits: water, demandReason: '与承办人有亲属关系' };
  const accusing = () => accept(ofSomebody);
  const refused = await tell(await accusing(), 'recusal-demanded', demand, 'agent');
  await through(
    refused,
    ['Task_AnswerDemand', { recusalAnswer: 'refuse', recusalReasons: '没有亲属关系' }],
    ...handled,
    ...satisfied,
  );
  const granted = await tell(await accusing(), 'recusal-demanded', demand, 'agent');
  const ruled = await complete(granted, 'Task_AnswerDemand', {
    recusalAnswer: 'grant',
    recusalReasons: '确有关系',
  });
  await through(ruled, ['Task_RuleAfterRecusal', { unit: heat }], ...handled, ...satisfied);
}

/** The general office does the hotline's tasks. */
async function theHotline(day: Day): Promise<void> {
  const { accept, dispatched, through, tell, person } = deskOf(day);
  const about = { kind: 'complaint', title: '接线员推诿不接单' };
  const registered = await accept({ ...about, answers: statement(hotline) });
  const seen = async ({ sheet: { no } }: Order): Promise<Order> =>
    (await day.call('readWorkOrder', { as: await person('office'), params: { no } })) as Order;
  const decided = await through(
    await seen(registered),
    ['Task_DecideWayOut', { wayOut: 'dispatch' }, 'office'],
    ['Task_Dispatch', { unit: water }, 'office'],
  );
  await through(await seen(registered), ...handled);
  await tell(decided, 'explanation-requested', { explanationWanted: '为什么推诿' }, 'office');
  await through(
    await seen(registered),
    ['Task_AuditFeedback', { auditResult: 'pass' }, 'office'],
    ['SubProcess_CallBack_Task_CallBack', { resolved: true, satisfaction: 'satisfied' }, 'office'],
  );

  const later = await through(await dispatched(water), ...handled);
  const stated = { withdrawingUnits: hotline, recusalBasis: 'accused', recusalFacts: '来电人补充说明' };
  await tell(later, 'recusal-stated', stated, 'reviewer');
  await through(
    await seen(later),
    ['Task_AuditFeedback', { auditResult: 'pass' }, 'office'],
    ['SubProcess_CallBack_Task_CallBack', { resolved: true, satisfaction: 'satisfied' }, 'office'],
  );
  const demanded = await tell(
    await accept(ofSomebody),
    'recusal-demanded',
    { demandedUnits: hotline, demandReason: '与接线员有亲属关系' },
    'agent',
  );
  await through(
    await seen(demanded),
    ['Task_AnswerDemand', { recusalAnswer: 'refuse', recusalReasons: '没有' }],
    ...handled,
  );
}

/** Clues of every sender; found, reviewed, corrected, referred. */
async function clues(day: Day): Promise<void> {
  const { dispatched, through, tell, read, person } = deskOf(day);
  const clue = (clueGround: string, accused = `unit:${water}`): readonly [string, Answers] => [
    'Task_RegisterClue',
    { accused, clueGround, clueSource: 'caller', clueFacts: '见案卷' },
  ];
  const found = (severity: string): readonly (readonly [string, Answers?])[] => [
    ['Task_Investigate', { investigation: '已经核实', evidence: '见案卷' }],
    ['Task_Hear', { hearing: 'heard', statement: '单位的陈述' }],
    ['Task_Find', { established: true, severity, findingReason: '事实清楚' }],
  ];
  await day.call('findAccused', { as: await person('inspector'), query: { q: '工位' } });
  const ordinary = await through(
    await tell(await dispatched(), 'accountability-clue', {}, 'agent'),
    clue('art40.p1.i4', 'agent:desk-agent'),
    ...found('ordinary'),
  );
  await through(
    ordinary,
    ['Task_Deliver', { reviewRequested: false }],
    ['Task_OrderCorrection'],
    ['Task_Rectify'],
  );
  const reviewed = await through(
    await tell(await dispatched(), 'accountability-clue', {}, 'reviewer'),
    clue('art40.p1.i3'),
    ...found('serious'),
  );
  await through(
    reviewed,
    ['Task_Deliver', { reviewRequested: true }],
    ['Task_Review', { established: false, severity: 'ordinary', reviewReason: '不成立' }],
  );
  const kept = await through(
    await tell(await dispatched(), 'accountability-clue', {}, 'boss'),
    clue('art41'),
    ...found('serious'),
    ['Task_Deliver', { reviewRequested: true }],
    ['Task_Review', { established: true, severity: 'serious', reviewReason: '维持' }],
  );
  await through(await read(kept, 'office'), [
    'Task_PersonalLiability',
    { liabilityOrgan: 'appointing', liabilityBasis: '条例第四十一条' },
  ]);
  const crime = await through(
    await tell(await dispatched(), 'accountability-clue', {}, 'inspector'),
    clue('art40.p1.i5'),
    ...found('crime'),
  );
  const referred = await through(
    crime,
    ['Task_ReferCrime', { referredTo: 'procuratorate', referralDocument: '移送函一号' }],
    ['Task_Deliver', { reviewRequested: false }],
  );
  if (referred.tasks.some(({ element }) => element === 'Task_PersonalLiability'))
    await through(referred, [
      'Task_PersonalLiability',
      { liabilityOrgan: 'supervisory-organ', liabilityBasis: '条例第四十条' },
    ]);
  await through(
    await tell(await dispatched(), 'accountability-clue', {}, 'boss'),
    clue('art40.p1.i6'),
    ['Task_Investigate'],
    ['Task_Hear', { hearing: 'waived', hearingProof: '书面放弃' }],
    ['Task_Find', { established: false, severity: 'ordinary' }],
  );
}
