/**
 * `hotline takeover propose|check|archive|show`: checks another system's log against the regulation
 * and archives its history in the trail.
 */
import type { ChineseCommand } from '../frame/chinese-command.js';
import { packageOption } from '../frame/usual-options.js';
import type { ArchiveOptions } from './archive.js';
import type { CheckOptions } from './check.js';
import type { ProposeOptions } from './propose.js';
import type { ShowOptions } from './show.js';

export function register(program: ChineseCommand): void {
  const takeover = program.word('takeover', '接替别的系统：旧日志对照条例，旧历史归档');
  takeover
    .word(
      'propose',
      '读旧系统的日志（CSV、XES，可以是 .gz；文件夹是 Camunda 7 的历史），按字面相近起草对照表，由人核对',
    )
    .argument('<日志>', '原系统导出的日志')
    .option('--out <文件>', '对照表写到哪里；不写的写到标准输出')
    .option(...packageOption)
    .option('--encoding <编码>', '日志的编码：utf-8、gb18030、utf-16le', 'utf-8')
    .option('--zone <时区>', '日志的时刻没有写时区的，算哪里的', 'Asia/Shanghai')
    .action(async (log: string, options: ProposeOptions) =>
      (await import('./propose.js')).propose(log, options),
    );
  takeover
    .word(
      'check',
      '用条例对照旧系统的日志：哪些义务履行了、超期、没有履行，哪些记载依法不可能，各写明条文和行号',
    )
    .argument('<日志>', '原系统导出的日志：CSV、XES（可以是 .gz），或者 Camunda 7 的历史所在的文件夹')
    .requiredOption('--mapping <文件>', '对照表（JSON）：哪一列是什么，哪个活动是哪个行为')
    .option(
      '--out <文件夹>',
      '报告写到这个新文件夹：index.html、逐件的页、duties.csv、findings.csv、figures.json',
    )
    .option(...packageOption)
    .option('--case <编号>', '只看这一件：逐行、义务、依法不可能的记载')
    .json()
    .answers(async (log: string, options: CheckOptions) => (await import('./check.js')).check(log, options));
  takeover
    .word('archive', '把 Camunda 7 导出的历史归档到轨迹：结束了的流程实例各成一条链，只读；重复归档不重复写')
    .argument(
      '<文件夹>',
      'REST 接口的 JSON（process-instance.json 等）或者各表的 CSV（ACT_HI_PROCINST.csv 等）',
    )
    .option('--zone <时区>', '各表的时刻没有写时区，算哪里的', 'Asia/Shanghai')
    .option('--actor <姓名>', '谁归档的，记入轨迹；不写是操作系统的用户')
    .json()
    .answers(async (folder: string, options: ArchiveOptions) =>
      (await import('./archive.js')).archiveFolder(folder, options),
    );
  takeover
    .word('show', '看归档的旧历史，连同封存的原样：每条记录一行 JSON；谁看的、为什么，记入那条链')
    .argument('<编号>', '旧系统里的业务编号，或者流程实例的编号')
    .requiredOption('--requester <姓名>', '谁要看')
    .requiredOption('--purpose <用途>', '作什么用')
    .answers(async (wanted: string, options: ShowOptions) =>
      (await import('./show.js')).show(wanted, options),
    );
}
