/** Methods of assessment: proposed, tried on a month, withdrawn, rejected, approved; and one for a later month. */
import { sampleMethod } from '../../src/measures/assessment/index.js';
import type { Day } from './day.js';
import { ofHotline, read, third } from './measures-sheets.js';

const approver = (day: Day, number: string) =>
  day.person({
    login: `measures-approver-${number}`,
    name: `度量批准${number}`,
    roles: ['compliance-approver'],
  });

const editor = (day: Day) =>
  day.person({ login: 'measures-editor', name: '度量起草', roles: ['compliance-editor'] });

const content = (day: Day, about: object) => ({
  ...sampleMethod(day.served.system.laws.today()),
  title: '度量考核办法',
  ...about,
});

/** The first method may apply to the present month. */
export async function firstMethod(day: Day, period: string): Promise<void> {
  const assessor = await ofHotline(day, '度量考核', 'assessor');
  const propose = async (about: object, as = assessor): Promise<number> => {
    const body = { content: content(day, about), effectiveFrom: period, reason: '首次拟订' };
    return (await read<{ id: number }>(day, 'proposeMethod', { as, body })).id;
  };
  const rule = async (id: number, body: object, as = approver(day, '甲')): Promise<unknown> =>
    day.call('ruleMethod', { as: await as, params: { id }, body: { reason: '研究过', ...body } });

  const once = { mergedOnce: ['satisfaction', 'accepted'] };
  const preview = { content: content(day, once), period };
  await day.call('previewMethod', { as: assessor, body: preview });
  await day.call('previewMethod', { as: await approver(day, '甲'), body: preview });
  await rule(await propose({}), { decision: 'withdraw' }, ofHotline(day, '度量考核', 'assessor'));
  await rule(await propose({}, await editor(day)), { decision: 'reject' });
  await rule(await propose({}), { decision: 'reject', document: '济政办〔2026〕3号' }, approver(day, '乙'));
  const exclusions = [{ measures: ['satisfaction'], kinds: ['suggestion'], reason: '建议不计满意率' }];
  await rule(await propose({ ...once, exclusions }), { decision: 'approve', document: '济政〔2026〕9号' });
  await day.call('previewMethod', { body: { content: content(day, { poor: 'score < 5000' }), period } });
  await day.call('listMethods');
}

/** One for a month that has not begun, another that replaces it, and one that nobody has ruled on. */
export async function laterMethods(day: Day, from: string): Promise<void> {
  const groups = [
    { key: 'named', label: '点名的', unitKinds: [], units: [third] },
    { key: 'departments', label: '市直部门', unitKinds: ['department'], units: [] },
  ];
  for (const [number, about] of [{ groups }, { groups, mergedOnce: ['accepted'] }, {}].entries()) {
    const body = { content: content(day, about), effectiveFrom: from, reason: '补充分组' };
    const { id } = await read<{ id: number }>(day, 'proposeMethod', { as: await editor(day), body });
    const ruling = { decision: 'approve', reason: '同意', document: `济政〔2026〕1${number}号` };
    if (number < 2)
      await day.call('ruleMethod', { as: await approver(day, '乙'), params: { id }, body: ruling });
  }
}
