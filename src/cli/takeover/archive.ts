import { archive, archiveLoose, oldInstances } from '../../takeover/index.js';
import { readExport, type RunningInstance } from '../../takeover/index.js';
import { instantInWords } from '../../kernel/civil-date.js';
import type { Answer } from '../frame/chinese-command.js';
import { systemUser } from '../frame/system-user.js';
import { withSystem } from '../frame/with-system.js';

export interface ArchiveOptions {
  readonly zone: string;
  readonly actor?: string;
}

/** Archives an exported history of Camunda 7 in the trail. Nobody works on archived cases. */
export async function archiveFolder(folder: string, { zone, actor }: ArchiveOptions): Promise<Answer> {
  const { files, unknown, records } = await readExport(folder, zone);
  const found = await oldInstances({ files, unknown, records });
  try {
    const { done, loose } = await withSystem('takeover archive', async (system) => ({
      done: await archive(system, found.instances, files, actor ?? `命令行（${systemUser()}）`),
      loose: await archiveLoose(system, found.loose),
    }));
    if (done.differing.length > 0) process.exitCode = 1;
    const [left, elsewhere] = [found.left(), found.elsewhere()];
    const stillRunning = (one: RunningInstance): string => {
      const waits = one.waits.map(({ name, who }) => `${name}${who === null ? '' : `(${who})`}`).join('、');
      const stuck = one.incidents > 0 ? `，有 ${one.incidents} 件异常` : '';
      return `  ${one.businessKey ?? one.id}（${one.definition}，${instantInWords(one.startedAt)} 开始）：停在 ${waits || '不明'}${stuck}`;
    };
    const words = [
      `归档 ${done.written} 件，${done.entries} 条；已经归档过的 ${done.known} 件`,
      ...done.differing.map(
        (id) => `✗ 流程实例 ${id} 已经归档过，这次的内容不同，没有写：核对是不是同一个系统、同一种导出`,
      ),
      ...(done.running.length > 0
        ? [
            `还在办的 ${done.running.length} 件没有接过来：`,
            ...done.running.map(stillRunning),
            '  怎么办：在原系统办完，再导出、归档一次；或者在受理台按原来收到的时刻重新登记，原系统里的那一件撤销后归档',
          ]
        : []),
      ...(loose.written + loose.known > 0
        ? [
            `不属于任何流程实例的记录（部署、成批的操作等）归档 ${loose.written} 条，已经归档过的 ${loose.known} 条`,
          ]
        : []),
      ...(left > 0 ? [`${left} 条记录的流程实例不在导出的文件里，没有归档：把 process-instance 导全`] : []),
      ...(elsewhere > 0
        ? [
            `${elsewhere} 个变量的内容（文件、序列化的对象）在 ACT_GE_BYTEARRAY 里，没有归档：在原系统里另外保存`,
          ]
        : []),
      ...(unknown.length > 0 ? [`不认得的文件没有读：${unknown.join('、')}`] : []),
    ].join('\n');
    return { data: { ...done, loose, left, elsewhere, unknown, files }, words };
  } finally {
    await found.close();
  }
}
