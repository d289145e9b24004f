/** Cases that nobody handles in time: cards, supervision orders, accountability, until they finally end. */
import type { Day } from './day.js';
import {
  days,
  deskOf,
  district,
  gas,
  handled,
  heat,
  satisfied,
  water,
  type Answers,
  type Order,
} from './desk-steps.js';

const found: readonly (readonly [string, Answers?])[] = [
  ['Task_Investigate', { investigation: '已经核实', evidence: '见督办记录' }],
  ['Task_Hear', { hearing: 'heard', statement: '管网老化' }],
  ['Task_Find', { established: true, severity: 'ordinary', findingReason: '经督办仍未办理' }],
];

export async function deskLate(day: Day): Promise<void> {
  const { accept, dispatched, through, read, tell } = deskOf(day);
  const [sign, handle, ...after] = handled;
  // Nobody registers this one, nor hands over the next.
  const unregistered = await accept();
  const undecided = await accept({ answers: { conduct: 'orderly' } });
  const yellow = await dispatched();
  const red = await dispatched(heat);
  const never = await through(await dispatched(gas), sign);
  const below = await dispatched(district);
  const passedOn = await through(await dispatched(district), [
    'Task_Receive',
    { receipt: 'pass-on', unit: '莱芜区水利局' },
  ]);
  const unaudited = await through(await dispatched(), ...handled);
  const promised = await through(
    await dispatched(),
    sign,
    ['Task_Handle', { branch: 'promised-date' }],
    [
      'Task_StateMeasures',
      {
        promisedDate: new Date(day.served.system.clock.now().getTime() + days(9)).toISOString().slice(0, 10),
      },
    ],
    ...after,
    ['Task_AuditInterim', { interimResult: 'pass' }],
  );
  const unsupported = await through(
    await accept({
      answers: {
        conduct: 'orderly',
        wayOut: 'dispatch',
        dispatchBasis: 'duty',
        unit: water,
        supportingUnits: heat,
      },
    }),
    [
      'SubProcess_LeadUnit_Task_Coordinate',
      { unit: water, supportingUnits: heat, coordinationResult: 'solved' },
    ],
  );
  const returned = await through(await dispatched(), [
    'Task_Receive',
    { receipt: 'return', returnReason: '不归本单位' },
  ]);
  const asked = await tell(
    await through(await dispatched(), ...handled),
    'explanation-requested',
    {},
    'agent',
  );

  const daysPass = async (count: number): Promise<void> => {
    for (let gone = 0; gone < count; gone += 1) {
      day.later(days(1));
      await day.work();
    }
  };
  /** Advances day after day, over weekends and holidays, until the case has come that far. */
  const until = async (element: string, ...orders: readonly Order[]): Promise<void> => {
    for (const order of orders) {
      const isOpen = async () => (await read(order)).tasks.some((task) => task.element === element);
      for (let gone = 0; gone < 40 && !(await isOpen()); gone += 1) await daysPass(1);
    }
  };
  await daysPass(6);
  await through(await read(yellow), ...handled, ...satisfied);
  await daysPass(3);
  await through(await read(unregistered), [
    'Task_Register',
    { kind: 'help', channel: 'phone', conduct: 'orderly' },
  ]);
  await through(
    await read(undecided),
    ['Task_DecideWayOut', { wayOut: 'on-the-spot' }],
    ['Task_AnswerOnSpot'],
  );
  await through(await read(unaudited), ...satisfied);
  await through(await read(returned), [
    'SubProcess_Return_Task_DecideReturn',
    { returnDecision: 'designate', unit: water },
  ]);
  await through(await read(asked), ['Task_GiveExplanation']);
  const urged = async (order: Order): Promise<Order> => {
    const urgings = ['Task_CityUrge', 'Task_DistrictUrge', 'SubProcess_SecondOrder_Task_Work'];
    let at = await read(order);
    for (const element of urgings)
      if (at.tasks.some((task) => task.element === element)) at = await through(at, [element]);
    return at;
  };
  await through(await urged(red), ...handled, ...satisfied);
  // A second ground beside the first: each level urges once for both.
  const twice = await through(await tell(await read(never), 'supervision-ordered', {}, 'deputy'), [
    'Task_StateGround',
    { supervisionGround: 'art28.p1.i4' },
  ]);
  await urged(twice);
  await urged(below);
  await daysPass(5);
  await urged(below);
  await through(await read(unsupported), ['Task_Support'], ...handled, ...satisfied);
  await until('Task_Investigate', never, below, passedOn);

  // Accountability: corrected by handling at last; after an objection; and without correction.
  await urged(promised);
  await through(await read(promised), ['Task_Complete'], ['Task_CompletionFeedback'], ...satisfied);
  const accountable = await through(
    await urged(never),
    ...found,
    ['Task_Deliver', { reviewRequested: false }],
    ['Task_OrderCorrection'],
  );
  await through(accountable, handle, ...after, ...satisfied);
  const objected = await through(
    await urged(below),
    ...found,
    ['Task_Deliver', { reviewRequested: true }],
    ['Task_Review', { established: true, severity: 'serious', reviewReason: '维持' }],
  );
  const ordered = await through(
    objected,
    ['Task_PersonalLiability', { liabilityOrgan: 'appointing', liabilityBasis: '条例第四十条' }],
    ['Task_OrderCorrection'],
  );
  await through(ordered, ...handled, ...satisfied);
  const uncorrected = await through(
    await urged(passedOn),
    ...found,
    ['Task_Deliver', { reviewRequested: false }],
    ['Task_OrderCorrection'],
  );
  await until('Task_DecideNotRectified', uncorrected);
  await through(await read(uncorrected), ['Task_DecideNotRectified', { notRectifiedMeasure: '约谈负责人' }]);
}
