/** `hotline policy list` and `hotline policy show KEY`: values in force and their history. */
import type { Command } from 'commander';
import { group } from './group.js';
import { policyGroup, proposalInWords, withSystem } from './policy-system.js';
import { guarded } from './run.js';

export function register(program: Command): void {
  const policy = group(program, ...policyGroup);
  policy
    .command('list')
    .description('现行的政策')
    .option('--json', '输出 JSON')
    .action(({ json }: { json?: boolean }) =>
      guarded(() => withSystem('list', (system) => list(system, json))),
    );
  policy
    .command('show')
    .description('一项政策及历次提案')
    .argument('<政策>', '例如 supervisionLimit')
    .option('--json', '输出 JSON')
    .action((key: string, { json }: { json?: boolean }) =>
      guarded(() => withSystem('show', (system) => show(system, key, json))),
    );
}

type System = Parameters<Parameters<typeof withSystem>[1]>[0];

async function list(system: System, json: boolean | undefined): Promise<string> {
  const { policyListView } = await import('../http/views/index.js');
  const { version, items } = await policyListView(system);
  if (json) return JSON.stringify({ version, items });
  const { default: Table } = await import('cli-table3');
  const table = new Table({
    head: ['政策', '值', '内容', '条文', '自何日起'],
    style: { head: [], border: [] },
  });
  for (const { key, value, label, meaning, article, since } of items) {
    table.push([key, value, `${label}:${meaning}`, article.label, since ?? '随附']);
  }
  return `政策版本 ${version}\n${table.toString()}`;
}

async function show(system: System, key: string, json: boolean | undefined): Promise<string> {
  const { policyDetailView } = await import('../http/views/index.js');
  const detail = await policyDetailView(system, key);
  if (json) return JSON.stringify(detail);
  const { label, value, meaning, article, author, approver, reason, since, choices, history } = detail;
  return [
    `${key}:${label}(${article.label})`,
    `现行:${value}(${meaning}),${since === null ? '随附的决定' : `自 ${since} 起`}`,
    `决定:${author} 提出${approver === null ? '' : `,${approver} 批准`}:${reason}`,
    ...choices.map((choice) => `可选:${choice.value}(${choice.label})`),
    ...history.map(proposalInWords),
  ].join('\n');
}
