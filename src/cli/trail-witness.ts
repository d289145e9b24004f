/** `hotline trail witness`: the witness of the verifier's folder, which needs nothing of this program. */
import type { Command } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import { group } from './group.js';
import { guarded } from './run.js';

export function register(program: Command): void {
  group(program, 'trail', '审计轨迹')
    .command('witness')
    .description('作见证人:核对检查点前后一致后联署(由监督机关、数据管理部门等另外运行)')
    .argument(
      '[参数...]',
      'init 目录 --name 名称 --log 公钥;serve 目录 [--host 地址] [--port 端口];sign 目录 请求文件 答复文件;key 目录',
    )
    .allowUnknownOption()
    .action((parameters: string[]) => guarded(() => run(parameters)));
}

async function run(parameters: readonly string[]): Promise<void> {
  const { runWitness } = await import('../../verifier/witness-server.mjs');
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    process.exitCode = await runWitness(parameters, say);
  } catch (cause) {
    throw new Refusal('trail.witness', `见证人不能运行:${String((cause as Error).message)}`, {
      remedy: '核对目录,首次使用先执行 hotline trail witness init',
      cause,
    });
  }
}
