/** `hotline policy propose KEY VALUE`: proposes a change, approved by another person. */
import type { Command } from 'commander';
import { group } from './group.js';
import { policyGroup, proposalShown, withSystem } from './policy-system.js';
import { guarded } from './run.js';

interface Options {
  readonly effective: string;
  readonly author: string;
  readonly reason: string;
  readonly document?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, ...policyGroup)
    .command('propose')
    .description('提出改变一项政策,由他人批准')
    .argument('<政策>', '例如 supervisionLimit')
    .argument('<值>', '例如 P2D')
    .requiredOption('--effective <日期>', '生效日,晚于今天')
    .requiredOption('--author <姓名>', '提出人')
    .requiredOption('--reason <理由>', '为什么改')
    .option('--document <文号>', '决定的文号')
    .option('--json', '输出 JSON')
    .action((key: string, value: string, options: Options) =>
      guarded(() =>
        withSystem('propose', async (system) => {
          const { proposePolicy } = await import('../cases/index.js');
          const { effective: effectiveOn, author, reason, document = null, json } = options;
          const request = { key, value, effectiveOn, author, reason, document };
          return proposalShown(system, await proposePolicy(system, request), json);
        }),
      ),
    );
}
