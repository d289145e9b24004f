/** The regulation is amended: drafted, compared on past cases, ruled on, in force. */
import type { z } from 'zod';
import type { amendmentOperations } from '../../src/http/contract/amendment.js';
import { applyingJob } from '../../src/cases/index.js';
import type { Transition } from '../../src/kernel/law.js';
import { completeOnly, dispatched } from '../http/serving.js';
import type { Day } from './day.js';
import { callAs, dateIn, hour, type Keeper } from './rules-office.js';

type Amendment = z.input<(typeof amendmentOperations)['readAmendment']['answers'][200]['schema']>;
interface Regulation {
  readonly articles: readonly { readonly id: string; readonly norms: readonly { readonly id: string }[] }[];
}
type Act = 'submit' | 'approve' | 'reject' | 'withdraw';

const reply = (workingDays: number): object => ({
  edit: 'norm',
  norm: 'J27',
  set: { limit: { days: workingDays, of: 'working' } },
});

const told = {
  ...{ edit: 'article', after: 'art24', heading: '告诉来电人谁在办', withoutNorm: null },
  paragraphs: ['承办单位接到事项后及时告诉来电人由谁办理。'],
  norms: [
    {
      ...{ bearers: ['handling-unit'], modality: 'shall', says: '及时告诉来电人由谁办理' },
      ...{ trigger: '接到事项', limit: { word: '及时' }, exception: null, compensatedBy: [] },
      duty: {
        opens: [{ deed: 'reply.given', facts: {} }],
        discharged: [[{ deed: 'matter.closed', facts: {} }]],
        ...{ clock: null, owedByHolder: true },
      },
      reason: null,
    },
  ],
};

const repealed = (norm: string): object => ({ edit: 'repeal', norm, reason: '施行以后没有必要' });

const terms = (day: Day, transition: Transition, edits: readonly object[]): object => ({
  ...{ title: '修改办理期限', source: '示例：常务委员会关于修改条例的决定' },
  ...{ inForceFrom: dateIn(day, 2), transition, edits, reason: '从快' },
});

const drafted = async (day: Day, body: object): Promise<Amendment> =>
  (await callAs(day, 'editor', 'draftAmendment', { body })) as Amendment;

const saved = async (day: Day, { id, revision }: Amendment, body: object): Promise<Amendment> =>
  (await callAs(day, 'second', 'saveAmendment', {
    params: { id },
    body: { ...body, revision },
  })) as Amendment;

async function rule(day: Day, { id, sha256 }: Amendment, ...acts: readonly [Keeper, Act][]): Promise<void> {
  for (const [who, act] of acts) {
    const body = { act, sha256, reason: act === 'reject' ? '再研究' : '同意' };
    await callAs(day, who, 'ruleAmendment', { params: { id }, body });
  }
}

/** Compared completely, for a period, stopped, and deleted. */
async function compared(day: Day, { id }: Amendment): Promise<void> {
  const params = { id };
  await callAs(day, 'editor', 'orderLawComparison', { params, body: {} });
  await day.work();
  const body = { from: dateIn(day, -20), to: dateIn(day, -1) };
  await callAs(day, 'one', 'orderLawComparison', { params, body });
  await callAs(day, 'one', 'cancelLawComparison', { params });
  await day.work();
  await callAs(day, 'second', 'orderLawComparison', { params, body });
  await day.work();
  await callAs(day, 'editor', 'cancelLawComparison', { params });
}

/** The new version's date comes, and running cases are switched to it if it says so. */
async function inForce(day: Day, { inForceFrom }: Amendment): Promise<void> {
  day.later(48 * hour);
  const { system } = day.served;
  const { rows } = await system.database.pool.query<{ file: string }>(
    'SELECT file FROM hotline.regulation_version WHERE valid_from = $1',
    [inForceFrom],
  );
  const again = { attempt: 1, signal: new AbortController().signal };
  await applyingJob(system).work({ file: rows[0]?.file ?? '' }, again);
  await day.work();
}

export async function law(day: Day): Promise<void> {
  const { url } = day.served;
  const before = await completeOnly(url, await dispatched(url), { receipt: 'accept' }, '经办人');
  await refusedAndMended(day);
  const three = await drafted(day, terms(day, 'new', [reply(4)]));
  const whole = await saved(day, three, terms(day, 'recount', [reply(3), told]));
  await compared(day, whole);
  await rule(day, whole, ['editor', 'submit'], ['one', 'approve'], ['two', 'approve']);
  await inForce(day, whole);
  const now = (await day.call('readWorkOrder', { params: { no: before.sheet.no } })) as typeof before;
  await completeOnly(url, now, { branch: 'within-limit', handlingResult: '已办' }, '经办人');
  await dispatched(url);
  await day.restart();
  const five = await drafted(day, terms(day, 'old', [reply(5)]));
  await rule(day, five, ['editor', 'submit'], ['two', 'approve'], ['one', 'approve']);
  await inForce(day, five);
  await dispatched(url);
  const without = await drafted(day, terms(day, 'new', [repealed(await newNorm(day))]));
  await rule(day, without, ['editor', 'submit'], ['one', 'approve'], ['two', 'approve']);
  await inForce(day, without);
  await dispatched(url);
  await day.work();
}

/** The norm that the new article brought. */
async function newNorm(day: Day): Promise<string> {
  const { articles } = (await callAs(day, 'editor', 'readRegulation')) as Regulation;
  const added = articles.find(({ id }) => id === 'art24-1');
  return added?.norms[0]?.id ?? '';
}

/** Refused and withdrawn; submitted and saved again; approved once and withdrawn. */
async function refusedAndMended(day: Day): Promise<void> {
  const body = terms(day, 'new', [reply(3)]);
  const first = await drafted(day, body);
  await rule(day, first, ['editor', 'submit'], ['one', 'reject'], ['editor', 'withdraw']);
  const second = await drafted(day, body);
  await rule(day, second, ['editor', 'submit'], ['one', 'approve']);
  const again = await saved(day, second, terms(day, 'old', [reply(4)]));
  await rule(day, again, ['second', 'submit'], ['two', 'approve'], ['one', 'reject']);
  const mended = await saved(day, again, terms(day, 'old', [reply(3)]));
  await rule(day, mended, ['second', 'submit'], ['one', 'approve'], ['editor', 'withdraw']);
  await rule(day, await drafted(day, body), ['editor', 'withdraw']);
  await day.work();
}
