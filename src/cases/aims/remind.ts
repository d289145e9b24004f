/**
 * Reminds whoever holds a case of a recommended time, once per case and clause, some hours before the time is up, so
 * that they can still meet it. Nobody violates a recommendation: the case gets an entry, but no level and no deadline.
 */
import { addToInboxes, holdersOf, openTasksOf, unitsOf } from '../../channel/notification/index.js';
import { limitInWords, toShanghaiIso } from '../../kernel/civil-date.js';
import {
  aimedAt,
  aimNamed,
  aimsOf,
  latestStart,
  listedChannels,
  openUnreminded,
  readSources,
  remindedFrom,
  type Aim,
  type Standing,
} from '../../law/regulation/index.js';
import { lockCases, type CaseFile, type OpenDeadline } from '../../engine/index.js';
import type { StandIns } from '../../identity/index.js';
import type { Job } from '../../platform/jobs/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import { entryNumber } from '../entry-number.js';
import { repeated } from '../nightly.js';
import type { Using } from '../parts.js';
import { standInsOf } from '../stand-ins.js';

interface AimDeps extends Using<
  | 'calendar'
  | 'catalogues'
  | 'clock'
  | 'database'
  | 'definitions'
  | 'executor'
  | 'laws'
  | 'log'
  | 'policies'
  | 'trail'
> {
  readonly identity: { readonly rules: { readonly standIns: StandIns } };
}

/** Every ten minutes: a reminder so much late still helps, because recommended times are hours or days. */
const next = (now: Date): Date => new Date(now.getTime() + 600_000);
const { job, schedule } = repeated('aims.remind', { title: '提醒推荐的期限', subject: '全库', next });

export const remindingOfAims = (deps: AimDeps): Job => job(deps, () => remindOfAims(deps));

/** Call at program start. */
export const scheduleAims = (deps: Using<'clock' | 'database'>): Promise<void> =>
  schedule(deps, (_transaction, now) => now);

async function remindOfAims(deps: AimDeps): Promise<void> {
  const { calendar, catalogues, clock, database, laws, log, policies } = deps;
  const now = clock.now();
  const found = await database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    await policies.refresh(transaction);
    const { catalogue } = await catalogues.at(transaction, now);
    const open = [];
    for (const aim of aimsOf(readSources(), catalogue)) {
      const channels = listedChannels(aim, laws.today());
      const begunBy = latestStart(aim, now);
      open.push({ aim, standing: await openUnreminded(transaction, aim, channels, begunBy) });
    }
    return open;
  });
  for (const { aim, standing } of found)
    for (const one of standing) {
      const aimed = aimedAt(aim, one.openedAt, {
        calendar: calendar.current(),
        policies: policies.at(one.openedAt),
      });
      if (!aimed || remindedFrom(aim, aimed) > now) continue;
      // If one case cannot be read, the others are still reminded.
      await database
        .transaction((transaction) => remind(deps, transaction, aim, one, now))
        .catch((error: unknown) => log.error(`没有能提醒工单 ${one.stream}`, error));
    }
}

async function remind(
  deps: AimDeps,
  transaction: Transaction,
  aim: Aim,
  { stream, openedAt, unit }: Standing,
  now: Date,
): Promise<void> {
  const { definitions, identity, policies } = deps;
  const { id } = await caseOf(deps, transaction, stream);
  const file = (await lockCases(transaction, [id])).get(id);
  if (!file) return;
  await definitions.prepare(transaction, [file]);
  const counting = { calendar: deps.calendar.current(), policies: policies.at(file.startedAt) };
  const running = clockIn(deps, file, aim);
  const aimed = aimedAt(aim, running?.startedAt ?? openedAt, counting, running?.adjustments);
  if (!aimed || remindedFrom(aim, aimed) > now) return;
  // Of two programs the second finds the entry of the first. Read late, because a long trail costs more than the rest.
  const told = (await deps.trail.read(transaction, [stream])).get(stream) ?? [];
  if (told.some((entry) => entry.type === 'aim.reminded' && entry.body.aim === aim.key)) return;
  const { standIns: bodies } = identity.rules;
  const standIns = standInsOf(bodies)(file.variables, counting.policies);
  const holding = (await unitsOf(transaction, [stream])).get(stream) ?? null;
  const recipients =
    unit === null
      ? holdersOf(await openTasksOf(transaction, stream), { unit: holding, standIns, bodies })
      : [`unit:${unit}`];
  if (recipients.length === 0) return;
  const named = `${aimNamed(aim)}推荐“${aim.says}”`;
  const answer = await amendCase(deps, transaction, file, {
    ...{ at: now, type: 'aim.reminded', actor: '系统' },
    body: { aim: aim.key, named, due: toShanghaiIso(aimed) },
  });
  const notice = {
    ...{
      stream,
      seq: entryNumber(deps.trail, answer, 'aim.reminded'),
      element: `aim-${aim.key}`,
      level: null,
    },
    title: `提醒：推荐的期限${now < aimed ? '将到' : '已过'}`,
    text: `工单 ${stream}：${named}，到 ${limitInWords(aimed)}，还没有办。这只是推荐的：超过了不是逾期，没有人违反什么，不计入考核、不问责。`,
    ...{ article: null, at: now },
  };
  await addToInboxes(
    transaction,
    recipients.map((recipient) => ({ ...notice, recipient })),
    now,
  );
}

/** The running limit of the clock, which may stand still; undefined if no timer measures it. */
const clockIn = (
  { definitions }: AimDeps,
  { deadlines, instances }: CaseFile,
  { clock }: Aim,
): OpenDeadline | undefined =>
  clock === null
    ? undefined
    : [...deadlines.values()].find(({ limit, instance, element }) => {
        const definition = instances.get(instance)?.definitionId;
        return (
          limit &&
          definition !== undefined &&
          definitions.byId(definition).annotations.element(element)?.clock === clock
        );
      });
