/** `hotline policy list|show|propose|withdraw`: values in force, their history, proposals; who decides signs in. */
import { Refusal } from '../kernel/refusal.js';
import type { Proposal } from '../law/policy/index.js';
import { proposalStates, type Officer } from '../law/two-person/index.js';
import type { System } from '../main.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';
import { systemUser } from './frame/system-user.js';

export function register(program: ChineseCommand): void {
  const policy = program.word('policy', '政策：法未写明、由有权机关决定的值');
  policy.word('list', '现行的政策').json().answersOfSystem(list);
  policy
    .word('show', '一项政策及历次提案')
    .argument('<政策>', '例如 supervisionLimit')
    .json()
    .answersOfSystem(show);
  policy
    .word('propose', '提出改变一项政策，由他人登录操作台批准')
    .argument('<政策>', '例如 supervisionLimit')
    .argument('<值>', '例如 P2D')
    .requiredOption('--effective <日期>', '生效日，晚于今天')
    .requiredOption('--author <登录名>', '提出人')
    .requiredOption('--reason <理由>', '为什么改')
    .option('--document <文号>', '决定的文号')
    .json()
    .answersOfSystem(propose);
  policy
    .word('withdraw', '撤回一项提案')
    .argument('<编号>', '提案的编号')
    .requiredOption('--actor <登录名>', '提出人')
    .requiredOption('--reason <理由>', '为什么')
    .json()
    .answersOfSystem(withdraw);
}

interface Request {
  readonly effective: string;
  readonly author: string;
  readonly reason: string;
  readonly document?: string;
}

async function list(system: System): Promise<Answer> {
  const { policyListView } = await import('../http/views/index.js');
  const { tableOf } = await import('./frame/table.js');
  const { version, items } = await policyListView(system);
  const rows = items.map(({ key, value, label, meaning, article, since }) => [
    ...[key, value, `${label}：${meaning}`, article.label, since ?? '随附'],
  ]);
  const table = tableOf(['政策', '值', '内容', '条文', '自何日起'], rows);
  return { data: { version, items }, words: `政策版本 ${version}\n${table}` };
}

async function show(system: System, key: string): Promise<Answer> {
  const { policyDetailView } = await import('../http/views/index.js');
  const detail = await policyDetailView(system, key);
  const { label, value, meaning, article, author, approver, reason, since, shippedBy, choices, history } =
    detail;
  const words = [
    `${key}：${label}（${article.label}）`,
    `现行：${value}（${meaning}），${since === null ? (shippedBy === 'base' ? '程序的决定' : '本市条例包的决定') : `自 ${since} 起`}`,
    `决定：${author} 提出${approver === null ? '' : `，${approver} 批准`}：${reason}`,
    ...choices.map((choice) => `可选：${choice.value}（${choice.label}）`),
    ...history.map(proposalInWords),
  ].join('\n');
  return { data: detail, words };
}

async function propose(system: System, key: string, value: string, asked: Request): Promise<Answer> {
  const { proposePolicy } = await import('../cases/index.js');
  const { effective: effectiveOn, author, reason, document = null } = asked;
  const request = { key, value, effectiveOn, reason, document };
  return proposalShown(system, await proposePolicy(system, request, await inTheNameOf(system, author)));
}

async function withdraw(
  system: System,
  id: string,
  { actor, reason }: { readonly actor: string; readonly reason: string },
): Promise<Answer> {
  const { rulePolicy } = await import('../cases/index.js');
  const act = { decision: 'withdraw', reason } as const;
  return proposalShown(system, await rulePolicy(system, numberOf(id), act, await inTheNameOf(system, actor)));
}

/** Whoever is at the machine has not signed in: the decision names a person, and keeps who it was. */
const inTheNameOf = async ({ identity }: System, login: string): Promise<Officer> => ({
  ...(await identity.people.named(login)),
  machine: systemUser(),
});

function numberOf(id: string): number {
  if (/^[1-9]\d{0,8}$/.test(id)) return Number(id);
  throw new Refusal('usage.invalid', `“${id}”不是提案的编号`, { remedy: 'hotline policy list 列出提案' });
}

/** Prints one line, or the same JSON as the API. */
async function proposalShown(system: System, proposal: Proposal): Promise<Answer> {
  const { proposalView } = await import('../http/views/index.js');
  const view = proposalView(system.policies.catalogue.named(proposal.key), proposal);
  return { data: view, words: proposalInWords(view) };
}

type ProposalView = ReturnType<typeof import('../http/views/index.js').proposalView>;

function proposalInWords(view: ProposalView): string {
  const { id, key, value, meaning, effectiveOn, machine, reason, state, ruling } = view;
  const author = machine === null ? view.author : `${view.author}（命令行，系统用户 ${machine}）`;
  const ruled = ruling ? `，${ruling.actor}：${ruling.reason}` : '';
  return `第 ${id} 号：${key} 自 ${effectiveOn} 起改为 ${value}（${meaning}）；${author} 提出：${reason}；${proposalStates[state]}${ruled}`;
}
