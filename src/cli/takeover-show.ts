/** `hotline takeover show NUMBER`: archived history of another system, with what is sealed in it. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { takeoverGroup } from './takeover-group.js';
import { withOpenedSystem } from './with-system.js';

interface Options {
  readonly requester: string;
  readonly purpose: string;
}

export function register(program: Command): void {
  group(program, ...takeoverGroup)
    .command('show')
    .description('看归档的旧历史,连同封存的原样:每条记录一行 JSON;谁看的、为什么,记入那条链')
    .argument('<编号>', '旧系统里的业务编号,或者流程实例的编号')
    .requiredOption('--requester <姓名>', '谁要看')
    .requiredOption('--purpose <用途>', '作什么用')
    .action((wanted: string, options: Options) => guarded(() => run(wanted, options)));
}

async function run(wanted: string, { requester, purpose }: Options): Promise<void> {
  const { archivedAs, showArchived } = await import('../takeover/index.js');
  const { Refusal } = await import('../kernel/index.js');
  const { systemUser } = await import('./system-user.js');
  const lines = await withOpenedSystem('takeover show', async (system) => {
    const found = await system.database.transaction((transaction) => archivedAs(transaction, wanted));
    if (found.length === 0) {
      throw new Refusal('case.not-found', `没有归档过“${wanted}”`, {
        remedy: '写旧系统里的业务编号,或者流程实例的编号;还没有归档的,用 npx hotline takeover archive',
      });
    }
    const actor = `${requester},命令行(${systemUser()})`;
    const shown: unknown[] = [];
    for (const { stream, ...opened } of found) {
      shown.push({ stream, ...opened });
      shown.push(...(await showArchived(system, stream, { actor, purpose })));
    }
    return shown;
  });
  process.stdout.write(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}
