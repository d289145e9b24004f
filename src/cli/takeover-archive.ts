/** `hotline takeover archive FOLDER`: an exported history of Camunda 7 into the trail, to be kept and not to be worked on. */
import type { Command } from 'commander';
import type { RunningInstance } from '../takeover/index.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { takeoverGroup } from './takeover-group.js';
import { withOpenedSystem } from './with-system.js';

interface Options {
  readonly zone: string;
  readonly actor?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, ...takeoverGroup)
    .command('archive')
    .description('把 Camunda 7 导出的历史归档到轨迹:结束了的流程实例各成一条链,只读;重复归档不重复写')
    .argument('<文件夹>', 'REST 接口的 JSON(process-instance.json 等)或者各表的 CSV(ACT_HI_PROCINST.csv 等)')
    .option('--zone <时区>', '各表的时刻没有写时区,算哪里的', 'Asia/Shanghai')
    .option('--actor <姓名>', '谁归档的,记入轨迹;不写是操作系统的用户')
    .option('--json', '输出 JSON')
    .action((folder: string, options: Options) => guarded(() => run(folder, options)));
}

async function run(folder: string, { zone, actor, json }: Options): Promise<void> {
  const { archive, archiveLoose, oldInstances, readExport, sayInstant } =
    await import('../takeover/index.js');
  const { systemUser } = await import('./system-user.js');
  const { files, unknown, records } = await readExport(folder, zone);
  const found = await oldInstances({ files, unknown, records });
  try {
    const { done, loose } = await withOpenedSystem('takeover archive', async (system) => ({
      done: await archive(system, found.instances, files, actor ?? `命令行(${systemUser()})`),
      loose: await archiveLoose(system, found.loose),
    }));
    if (done.differing.length > 0) process.exitCode = 1;
    const [left, elsewhere] = [found.left(), found.elsewhere()];
    if (json) return console.log(JSON.stringify({ ...done, loose, left, elsewhere, unknown, files }));
    const stillRunning = (one: RunningInstance): string => {
      const waits = one.waits.map(({ name, who }) => `${name}${who === null ? '' : `(${who})`}`).join('、');
      const stuck = one.incidents > 0 ? `,有 ${one.incidents} 件异常` : '';
      return `  ${one.businessKey ?? one.id}(${one.definition},${sayInstant(one.startedAt)} 开始):停在 ${waits || '不明'}${stuck}`;
    };
    console.log(
      [
        `归档 ${done.written} 件,${done.entries} 条;已经归档过的 ${done.known} 件`,
        ...done.differing.map(
          (id) => `✗ 流程实例 ${id} 已经归档过,这次的内容不同,没有写:核对是不是同一个系统、同一种导出`,
        ),
        ...(done.running.length > 0
          ? [
              `还在办的 ${done.running.length} 件没有接过来:`,
              ...done.running.map(stillRunning),
              '  怎么办:在原系统办完,再导出、归档一次;或者在受理台按原来收到的时刻重新登记,原系统里的那一件撤销后归档',
            ]
          : []),
        ...(loose.written + loose.known > 0
          ? [
              `不属于任何流程实例的记录(部署、成批的操作等)归档 ${loose.written} 条,已经归档过的 ${loose.known} 条`,
            ]
          : []),
        ...(left > 0 ? [`${left} 条记录的流程实例不在导出的文件里,没有归档:把 process-instance 导全`] : []),
        ...(elsewhere > 0
          ? [
              `${elsewhere} 个变量的内容(文件、序列化的对象)在 ACT_GE_BYTEARRAY 里,没有归档:在原系统里另外保存`,
            ]
          : []),
        ...(unknown.length > 0 ? [`不认得的文件没有读:${unknown.join('、')}`] : []),
      ].join('\n'),
    );
  } finally {
    await found.close();
  }
}
