/** `hotline calendar load FILE`: previews a new schedule; `--apply` loads it and recomputes deadlines. */
import type { Command } from 'commander';
import type { CalendarPreview } from '../cases/index.js';
import type { System } from '../main.js';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly document: string;
  readonly apply?: boolean;
  readonly json?: boolean;
  readonly actor: string;
}

export function register(program: Command): void {
  group(program, 'calendar', '工作日历')
    .command('load')
    .description('载入放假安排,重算受影响的期限;不加 --apply 只预览')
    .argument('<文件>', '安排文件(格式见 docs/calendar.md),一份通知一个文件')
    .requiredOption('--document <文号>', '通知的文号,例如 国办发明电〔2025〕7号')
    .option('--apply', '载入并重算')
    .option('--actor <姓名>', '谁载入的,记入轨迹', '命令行')
    .option('--json', '输出 JSON')
    .action((file: string, options: Options) => guarded(() => run(file, options)));
}

async function run(name: string, options: Options): Promise<void> {
  const { Refusal, systemClock } = await import('../kernel/index.js');
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(name).catch((cause: unknown) => {
    throw new Refusal('file.unreadable', `读不了文件 ${name}`, { cause, remedy: '核对文件名和权限' });
  });
  const { findingsInChinese } = await import('../kernel/chinese-findings.js');
  findingsInChinese();
  const { readNoticeFile } = await import('../cases/index.js');
  const file = readNoticeFile(bytes, name, options.document);
  const { openSystem } = await import('../main.js');
  const { databaseSettings } = await import('../platform/database/index.js');
  const system = await openSystem({
    clock: systemClock,
    applicationName: 'hotline calendar load',
    ...databaseSettings(),
  });
  try {
    const text = await (options.apply ? apply(system, file, options) : preview(system, file, options));
    process.stdout.write(`${text}\n`);
  } finally {
    await system.close();
  }
}

type NoticeFile = Parameters<typeof import('../cases/index.js').previewNotice>[1];

async function preview(system: System, file: NoticeFile, { json }: Options): Promise<string> {
  const { previewAsJson, previewNotice } = await import('../cases/index.js');
  // A command may take its time: examines all cases.
  const found = await previewNotice(system, file, Number.POSITIVE_INFINITY);
  return json ? JSON.stringify({ applied: false, ...previewAsJson(found) }) : previewInWords(found);
}

async function previewInWords(found: CalendarPreview): Promise<string> {
  const { toShanghaiIso } = await import('../kernel/civil-date.js');
  const { counts, days, deadlines, revoked } = found;
  const left = counts.moved + counts.settled + counts.revoked - deadlines.length - revoked.length;
  return [
    `${found.document}:日历变动 ${days.length} 天;涉及工单 ${counts.cases} 件,期限移动 ${counts.moved} 项,不再暂定 ${counts.settled} 项,撤销 ${counts.revoked} 次`,
    ...deadlines.map(({ workOrder, element, from, to }) =>
      from.getTime() === to.getTime()
        ? `  ${workOrder}  ${element}:${toShanghaiIso(to)} 不再暂定`
        : `  ${workOrder}  ${element}:${toShanghaiIso(from)} 改为 ${toShanghaiIso(to)}`,
    ),
    ...revoked.map(
      ({ workOrder, element, levels, entry }) =>
        `  ${workOrder}  撤销第 ${entry} 条(${levels.join('、') || element})`,
    ),
    ...(left > 0 ? [`  ……其余 ${left} 项未列出`] : []),
    found.known ? '已经载入过,不会再变动' : '这是预览,没有任何变动;加 --apply 载入',
  ].join('\n');
}

async function apply(system: System, file: NoticeFile, { actor, document, json }: Options): Promise<string> {
  const { loadCalendarNotice, recomputeDeadlines } = await import('../cases/index.js');
  const { progressBar } = await import('./progress.js');
  const { notice, added, days } = await loadCalendarNotice(system, file, actor);
  let bar: ReturnType<typeof progressBar> | undefined;
  const found = await recomputeDeadlines(system, notice, {
    onProgress: ({ cases = 0, done }) => (bar ??= progressBar('重算期限', cases)).update(done),
  }).finally(() => bar?.stop());
  const { done: cases = 0, moved = 0, settled = 0, revoked = 0 } = found ?? {};
  if (json) {
    return JSON.stringify({
      document,
      applied: true,
      added,
      days,
      counts: { cases, moved, settled, revoked },
    });
  }
  return [
    `${document}:${added ? `已载入,日历变动 ${days.length} 天` : '此前已经载入'}`,
    `已重算:看过工单 ${cases} 件,期限移动 ${moved} 项,不再暂定 ${settled} 项,撤销 ${revoked} 次`,
  ].join('\n');
}
