/** `hotline policy approve|reject|withdraw ID`: rules on a proposal. */
import type { Command } from 'commander';
import { group } from './group.js';
import { policyGroup, proposalShown, withSystem } from './policy-system.js';
import { guarded } from './run.js';

interface Options {
  readonly actor: string;
  readonly reason: string;
  readonly json?: boolean;
}

const verdicts = [
  ['approve', '批准一项提案(提出人以外的人)'],
  ['reject', '否决一项提案(提出人以外的人)'],
  ['withdraw', '撤回一项提案(提出人)'],
] as const;

export function register(program: Command): void {
  for (const [decision, description] of verdicts) {
    group(program, ...policyGroup)
      .command(decision)
      .description(description)
      .argument('<编号>', '提案的编号')
      .requiredOption('--actor <姓名>', '谁决定的')
      .requiredOption('--reason <理由>', '为什么')
      .option('--json', '输出 JSON')
      .action((id: string, { actor, reason, json }: Options) =>
        guarded(() =>
          withSystem(decision, async (system) => {
            const { rulePolicy } = await import('../cases/index.js');
            const proposal = await rulePolicy(system, await numberOf(id), { decision, actor, reason });
            return proposalShown(system, proposal, json);
          }),
        ),
      );
  }
}

async function numberOf(id: string): Promise<number> {
  const { Refusal } = await import('../kernel/index.js');
  if (/^[1-9]\d{0,8}$/.test(id)) return Number(id);
  throw new Refusal('usage.invalid', `“${id}”不是提案的编号`, { remedy: 'hotline policy list 列出提案' });
}
