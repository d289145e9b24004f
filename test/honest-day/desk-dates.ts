/** Cases whose dates change: withdrawn, told a date, tracked, extended, paused. */
import type { Day } from './day.js';
import { days, deskOf, handled, satisfied, toUnit, water } from './desk-steps.js';

const [sign, handle, reply, feedback] = handled;

export async function deskDates(day: Day): Promise<void> {
  await withdrawals(day);
  await longer(day);
  await extensions(day);
}

/** The caller withdraws, or the matter continues nevertheless. */
async function withdrawals(day: Day): Promise<void> {
  const { accept, dispatched, through, tell } = deskOf(day);
  const told = { withdrawalConfirmed: 'called-back', withdrawalReason: '已经自行解决' };
  await tell(await dispatched(), 'withdrawal-told', told, 'agent');
  await tell(await through(await dispatched(), sign, handle), 'withdrawal-told', told, 'reviewer');
  const matter = { ...toUnit(water), accusation: 'matter' };
  const complaint = await accept({ kind: 'complaint', answers: matter });
  await tell(complaint, 'withdrawal-told', { ...told, withdrawalConfirmed: 'written' }, 'agent');
}

/** Told a date: audited, tracked, completed. */
async function longer(day: Day): Promise<void> {
  const { dispatched, through, read, complete } = deskOf(day);
  const date = (inDays: number): string =>
    new Date(day.served.system.clock.now().getTime() + days(inDays)).toISOString().slice(0, 10);
  const promised = ['Task_StateMeasures', { promisedDate: date(18), measures: '换管' }] as const;
  const order = await through(
    await dispatched(),
    sign,
    ['Task_Handle', { branch: 'promised-date' }],
    promised,
    reply,
    feedback,
    ['Task_AuditInterim', { interimResult: 'pass' }],
  );
  const limit = { legalBasis: '《城市供水条例》第三十条', promisedDate: date(20), progress: '正在检测' };
  const statutory = await through(
    await dispatched(),
    sign,
    ['Task_Handle', { branch: 'statutory-limit' }],
    ['Task_StateLegalLimit', limit],
    reply,
    feedback,
    ['Task_AuditInterim', { interimResult: 'pass', basisFinding: 'lawful' }],
  );
  const doubted = await through(
    await dispatched(),
    sign,
    ['Task_Handle', { branch: 'promised-date' }],
    promised,
    reply,
    feedback,
    ['Task_AuditInterim', { interimResult: 'return' }],
  );
  await through(doubted, ...handled, ...satisfied);
  day.later(days(8));
  await day.work();
  for (const one of [order, statutory]) {
    let at = await read(one);
    if (at.tasks.some(({ element }) => element === 'Task_Track')) at = await complete(at, 'Task_Track');
    await through(at, ['Task_Complete'], ['Task_CompletionFeedback'], ...satisfied);
  }
}

/** Extended and paused, where the policy permits it. */
async function extensions(day: Day): Promise<void> {
  const { dispatched, through, tell } = deskOf(day);
  const tomorrow = new Date(day.served.system.clock.now().getTime() + days(1)).toISOString().slice(0, 10);
  for (const key of ['extensionAllowed', 'pauseAllowed']) {
    const editor = await day.person({ login: 'desk-editor', roles: ['compliance-editor'] });
    const proposed = (await day.call('proposePolicy', {
      ...{ as: editor, params: { key }, body: { value: 'true', effectiveOn: tomorrow, reason: '试行' } },
    })) as { readonly id: number };
    const approver = await day.person({ login: 'desk-approver', roles: ['compliance-approver'] });
    const body = { decision: 'approve', reason: '同意' };
    await day.call('rulePolicy', { as: approver, params: { id: proposed.id }, body });
  }
  day.later(days(1));
  const applied = { extensionGround: '特别复杂', extensionWanted: 5 };
  const late = await through(
    await dispatched(),
    sign,
    ['Task_Handle', { branch: 'promised-date' }],
    [
      'Task_StateMeasures',
      {
        promisedDate: new Date(day.served.system.clock.now().getTime() + days(15)).toISOString().slice(0, 10),
      },
    ],
    reply,
    feedback,
    ['Task_AuditInterim', { interimResult: 'pass' }],
  );
  await through(
    await tell(late, 'extension-applied', applied, 'water'),
    ['SubProcess_CompletionExtension_Task_DecideExtension', { extensionDecision: 'grant', extensionDays: 3 }],
    ['Task_Complete'],
    ['Task_CompletionFeedback'],
    ...satisfied,
  );

  const granted = await through(
    await tell(await through(await dispatched(), sign), 'extension-applied', applied, 'water'),
    ['SubProcess_Extension_Task_DecideExtension', { extensionDecision: 'grant', extensionDays: 5 }],
  );
  const again = await tell(granted, 'extension-applied', applied, 'water');
  await through(again, handle, reply, feedback, ...satisfied);
  const refused = await through(
    await tell(await through(await dispatched(), sign), 'extension-applied', applied, 'water'),
    ['SubProcess_Extension_Task_DecideExtension', { extensionDecision: 'refuse' }],
  );
  const ground = { pauseGround: 'force-majeure', pauseFacts: '大雪' };
  const paused = await through(await tell(refused, 'pause-requested', ground, 'water'), [
    'Task_DecidePause',
    { pauseDecision: 'grant' },
  ]);
  day.later(days(2));
  const resumed = await tell(paused, 'resume-requested', {}, 'boss');
  await through(resumed, handle, reply, feedback, ...satisfied);
  await through(
    await tell(await through(await dispatched(), sign), 'pause-requested', ground, 'water'),
    ['Task_DecidePause', { pauseDecision: 'refuse' }],
    handle,
    reply,
    feedback,
    ...satisfied,
  );
}
