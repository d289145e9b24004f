/** `hotline attachment verify`: checks every stored file against its hash in the trail. */
import type { System } from '../main.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';
import { counting } from './frame/counting.js';

export function register(program: ChineseCommand): void {
  program
    .word('attachment', '附件')
    .word('verify', '逐个读出附件，与轨迹记下的哈希相比：不在的、被换过的列出来，有的以 1 退出')
    .json()
    .answersOfSystem(verify);
}

async function verify(system: System): Promise<Answer> {
  const { verifyAttachments } = await import('../cases/index.js');
  const data = await counting(
    (checked) => `已核验 ${checked} 个`,
    (onProgress) => verifyAttachments(system, onProgress),
  );
  const { checked, findings } = data;
  process.exitCode = findings.length === 0 ? 0 : 1;
  const words = [
    findings.length === 0
      ? `${checked} 个附件，都是轨迹记下的`
      : `${checked} 个附件，其中 ${findings.length} 个不在或者被换过：`,
    ...findings.map(({ workOrder, attachment, what }) => `${workOrder} 的附件 ${attachment}：${what}`),
  ].join('\n');
  return { data: { checked, findings }, words };
}
