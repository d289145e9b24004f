/** `hotline setup`: creates the first administrator, once. */
import type { Command } from 'commander';
import { guarded } from './run.js';

interface Options {
  readonly login?: string;
  readonly name?: string;
  readonly unit?: string;
}

export function register(program: Command): void {
  program
    .command('setup')
    .description('设置第一名管理员(安全管理员),只能一次;示例帐号随即停用')
    .option('--login <登录名>', '小写字母、数字')
    .option('--name <姓名>', '管理员的姓名')
    .option('--unit <单位>', '热线工作机构的名称')
    .addHelpText('after', '\n口令:在终端里问;不在终端里则读标准输入的第一行。')
    .action((options: Options) => guarded(() => run(options)));
}

async function run(options: Options): Promise<void> {
  const { Refusal, systemClock } = await import('../kernel/index.js');
  const { findingsInChinese } = await import('../kernel/chinese-findings.js');
  const { newAdministrator } = await import('../http/contract/index.js');
  const { openSystem } = await import('../main.js');
  const { databaseSettings } = await import('../platform/database/index.js');
  const { asking } = await import('./prompt.js');
  findingsInChinese();
  const ask = asking();
  const given = await (async () => ({
    login: options.login ?? (await ask.line('--login', '登录名')),
    name: options.name ?? (await ask.line('--name', '姓名')),
    unit: options.unit ?? (await ask.line('--unit', '热线工作机构的名称')),
    password: await ask.secret('口令'),
  }))().finally(() => ask.close());
  const administrator = newAdministrator.safeParse(given);
  if (!administrator.success) {
    const [issue] = administrator.error.issues;
    throw new Refusal('input.invalid', `“${String(issue?.path[0])}”${issue?.message ?? ''}`);
  }
  const system = await openSystem({
    clock: systemClock,
    applicationName: 'hotline setup',
    ...databaseSettings(),
  });
  try {
    await system.identity.setup.setUp(administrator.data);
  } finally {
    await system.close();
  }
  process.stdout.write(
    `已设置安全管理员 ${administrator.data.login}。登录后开帐号、授角色;系统、审计管理员须由别人担任。\n`,
  );
}
