/** `hotline retention show` and `hotline retention run [--dry]`: retention rules, erasure of expired data. */
import type { Command } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import type { System } from '../main.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface RunOptions {
  readonly dry?: boolean;
  readonly actor: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  const retention = group(program, 'retention', '保存期限');
  retention
    .command('show')
    .description('各类数据保存多久、依据什么、上次清除了多少;期限由政策决定(hotline policy)')
    .option('--json', '输出 JSON')
    .action(({ json }: { json?: boolean }) =>
      guarded(() => withSystem('retention show', (system) => show(system, json))),
    );
  retention
    .command('run')
    .description('现在就清除到期的数据(每天零点自动做);轨迹记下,原有的证明照样成立')
    .option('--dry', '只数有多少到期,不清除')
    .option('--actor <姓名>', '谁做的,记入轨迹', '命令行')
    .option('--json', '输出 JSON')
    .action((options: RunOptions) =>
      guarded(() => withSystem('retention run', (system) => run(system, options))),
    );
}

async function show(system: System, json: boolean | undefined): Promise<string> {
  const { retentionView } = await import('../http/views/index.js');
  const view = await retentionView(system);
  if (json) return JSON.stringify(view);
  const { classes, keptForGood, last } = view;
  return [
    ...classes.map(
      ({ label, meaning, from, policy, article, source, before, lastErased }) =>
        `${label}:自${from}起 ${meaning}(${before} 以前的已到期)` +
        (lastErased === null ? '' : `,上次清除 ${lastErased} ${from === '办结' ? '件工单' : '条'}`) +
        `;政策 ${policy},${article.label},${source}`,
    ),
    ...keptForGood.map(({ label, why }) => `${label}:不清除。${why}`),
    ...(await exported(system)),
    last ? `上次清除:${last.at.slice(0, 16).replace('T', ' ')},${last.actor}` : '还没有清除过',
  ].join('\n');
}

/** Export files are swept independently of policies. */
async function exported({ database }: System): Promise<readonly string[]> {
  const { keptExports } = await import('../accountability/index.js');
  const { civilDateOf } = await import('../kernel/civil-date.js');
  const kept = await database.transaction(keptExports);
  return [
    `导出的轨迹文件:做好后留七天,每十分钟清扫一次;现有 ${kept.length} 份。导出这件事记在轨迹里,不清除`,
    ...kept.map(({ id, expiresAt }) =>
      expiresAt ? `  第 ${id} 份:${civilDateOf(expiresAt)} 清除` : `  第 ${id} 份:还没有做完`,
    ),
  ];
}

async function run(system: System, { dry, actor, json }: RunOptions): Promise<string> {
  const { expired, runRetention } = await import('../cases/index.js');
  const { civilDateOf } = await import('../kernel/civil-date.js');
  if (!actor.trim())
    throw new Refusal('usage.invalid', '没有写谁做的:--actor 是空的', {
      remedy: '写姓名,例如 --actor 王某;不写 --actor 的记作“命令行”',
    });
  const counted = dry ? await expired(system) : await runRetention(system, actor.trim());
  const classes = counted.map(({ before, ...rest }) => ({ ...rest, before: civilDateOf(before) }));
  if (json)
    return JSON.stringify(
      classes.map(({ one, keep, before, count }) => ({ class: one.key, keep, before, count })),
    );
  const nothing = classes.every(({ count }) => count === 0);
  const lines = classes.map(
    ({ one, before, count }) =>
      `  ${one.label}:${count} ${one.kind === 'case' ? `件工单(${before} 以前办结的)` : `条(${before} 以前写下的)`}`,
  );
  if (dry)
    return [
      nothing ? '没有到期的。各类:' : '已到期、还没有清除:',
      ...lines,
      ...(nothing ? [] : ['每天零点自动清除;现在就清除:hotline retention run']),
    ].join('\n');
  return [
    nothing ? '没有到期的,什么也没有清除。各类:' : '已清除:',
    ...lines,
    '这一次记在轨迹的 retention 链里,工单的也记在工单自己的链里',
  ].join('\n');
}
