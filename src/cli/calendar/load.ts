import { loadCalendarNotice, previewAsJson, previewNotice } from '../../cases/index.js';
import { readNoticeFile, recomputeDeadlines, type CalendarPreview } from '../../cases/index.js';
import { findingsInChinese } from '../../kernel/chinese-findings.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { System } from '../../main.js';
import type { Answer } from '../frame/chinese-command.js';
import { progressBar } from '../frame/progress.js';
import { readWhole } from '../frame/read-bytes.js';
import { withSystem } from '../frame/with-system.js';

export interface LoadOptions {
  readonly document: string;
  readonly apply?: boolean;
  readonly actor: string;
}

/** Previews a new schedule; with `apply`, loads it and recomputes deadlines. */
export async function load(name: string, { document, apply, actor }: LoadOptions): Promise<Answer> {
  const bytes = await readWhole(name);
  findingsInChinese();
  const file = readNoticeFile(bytes, name, document);
  return withSystem('calendar load', (system) =>
    apply ? loaded(system, file, actor) : preview(system, file),
  );
}

type NoticeFile = ReturnType<typeof readNoticeFile>;

async function preview(system: System, file: NoticeFile): Promise<Answer> {
  // Examines all cases, because a command may take its time.
  const found = await previewNotice(system, file, Number.POSITIVE_INFINITY);
  return { data: { applied: false, ...previewAsJson(found) }, words: previewInWords(found) };
}

function previewInWords(found: CalendarPreview): string {
  const { counts, days, deadlines, revoked } = found;
  const left = counts.moved + counts.settled + counts.revoked - deadlines.length - revoked.length;
  return [
    `${found.document}：日历变动 ${days.length} 天；涉及工单 ${counts.cases} 件，期限移动 ${counts.moved} 项，不再暂定 ${counts.settled} 项，撤销 ${counts.revoked} 次`,
    ...deadlines.map(({ workOrder, element, from, to }) =>
      from.getTime() === to.getTime()
        ? `  ${workOrder}  ${element}：${toShanghaiIso(to)} 不再暂定`
        : `  ${workOrder}  ${element}：${toShanghaiIso(from)} 改为 ${toShanghaiIso(to)}`,
    ),
    ...revoked.map(
      ({ workOrder, element, levels, entry }) =>
        `  ${workOrder}  撤销第 ${entry} 条（${levels.join('、') || element}）`,
    ),
    ...(left > 0 ? [`  ……其余 ${left} 项未列出`] : []),
    found.known ? '已经载入过，不会再变动' : '这是预览，没有任何变动；加 --apply 载入',
  ].join('\n');
}

async function loaded(system: System, file: NoticeFile, actor: string): Promise<Answer> {
  const { notice, added, days } = await loadCalendarNotice(system, file, actor);
  let bar: ReturnType<typeof progressBar> | undefined;
  const found = await recomputeDeadlines(system, notice, {
    onProgress: ({ cases = 0, done }) => (bar ??= progressBar('重算期限', cases)).update(done),
  }).finally(() => bar?.stop());
  const { done: cases = 0, moved = 0, settled = 0, revoked = 0 } = found ?? {};
  const { document } = file.notice;
  const words = [
    `${document}：${added ? `已载入，日历变动 ${days.length} 天` : '此前已经载入'}`,
    `已重算：看过工单 ${cases} 件，期限移动 ${moved} 项，不再暂定 ${settled} 项，撤销 ${revoked} 次`,
  ].join('\n');
  return {
    data: { document, applied: true, added, days, counts: { cases, moved, settled, revoked } },
    words,
  };
}
