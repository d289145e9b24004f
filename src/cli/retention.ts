/** `hotline retention show` and `hotline retention run [--dry]`: retention rules, erasure of expired data. */
import { civilDateOf } from '../kernel/civil-date.js';
import type { System } from '../main.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';
import { actorOf } from './frame/usual-options.js';

export function register(program: ChineseCommand): void {
  const retention = program.word('retention', '保存期限');
  retention
    .word('show', '各类数据保存多久、依据什么、上次清除了多少；期限由政策决定（hotline policy）')
    .json()
    .answersOfSystem(show);
  retention
    .word('run', '现在就清除到期的数据（每天零点自动做）；轨迹记下，原有的证明照样成立')
    .option('--dry', '只数有多少到期，不清除')
    .actor('做')
    .json()
    .answersOfSystem(run);
}

async function show(system: System): Promise<Answer> {
  const { retentionView } = await import('../http/views/index.js');
  const view = await retentionView(system);
  const { classes, keptForGood, last } = view;
  const words = async (): Promise<string> =>
    [
      ...classes.map(
        ({ label, meaning, from, policy, article, source, before, lastErased }) =>
          `${label}：自${from}起 ${meaning}（${before} 以前的已到期）` +
          (lastErased === null ? '' : `，上次清除 ${lastErased} ${from === '办结' ? '件工单' : '条'}`) +
          `；政策 ${policy}，${article.label}，${source}`,
      ),
      ...keptForGood.map(({ label, why }) => `${label}：不清除。${why}`),
      ...(await exported(system)),
      last ? `上次清除：${last.at.slice(0, 16).replace('T', ' ')}，${last.actor}` : '还没有清除过',
    ].join('\n');
  return { data: view, words };
}

/** Counts expired export files, which are swept independently of policies. */
async function exported({ database }: System): Promise<readonly string[]> {
  const { keptExports } = await import('../accountability/index.js');
  const kept = await database.transaction(keptExports);
  return [
    `导出的轨迹文件：做好后留七天，每十分钟清扫一次；现有 ${kept.length} 份。导出这件事记在轨迹里，不清除`,
    ...kept.map(({ id, expiresAt }) =>
      expiresAt ? `  第 ${id} 份：${civilDateOf(expiresAt)} 清除` : `  第 ${id} 份：还没有做完`,
    ),
  ];
}

async function run(
  system: System,
  { dry, actor }: { readonly dry?: boolean; readonly actor: string },
): Promise<Answer> {
  const { expired, runRetention } = await import('../cases/index.js');
  const by = actorOf(actor);
  const counted = dry ? await expired(system) : await runRetention(system, by);
  const classes = counted.map(({ before, ...rest }) => ({ ...rest, before: civilDateOf(before) }));
  const data = classes.map(({ one, keep, before, count }) => ({ class: one.key, keep, before, count }));
  const nothing = classes.every(({ count }) => count === 0);
  const lines = classes.map(
    ({ one, before, count }) =>
      `  ${one.label}：${count} ${one.kind === 'case' ? `件工单（${before} 以前办结的）` : `条（${before} 以前写下的）`}`,
  );
  const words = dry
    ? [
        nothing ? '没有到期的。各类：' : '已到期、还没有清除：',
        ...lines,
        ...(nothing ? [] : ['每天零点自动清除；现在就清除：hotline retention run']),
      ]
    : [
        nothing ? '没有到期的，什么也没有清除。各类：' : '已清除：',
        ...lines,
        '这一次记在轨迹的 retention 链里，工单的也记在工单自己的链里',
      ];
  return { data, words: words.join('\n') };
}
