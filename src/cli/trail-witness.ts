/** `hotline trail witness`: the witness of the `verifier/` folder. */
import type { Command } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import { group } from './group.js';
import { guarded } from './run.js';

export function register(program: Command): void {
  group(program, 'trail', '审计轨迹')
    .command('witness')
    .description('作见证人:核对检查点前后一致后联署(由监督机关、数据管理部门等另外运行)')
    .argument('<动作>', 'init、serve、sign、key')
    .argument('<目录>', '见证人的密钥和所见都在这里')
    .argument('[文件...]', 'sign 的请求文件和答复文件')
    .option('--name <名称>', 'init:见证人的名称')
    .option('--log <公钥>', 'init:见证哪个轨迹')
    .option('--host <地址>', 'serve:默认 127.0.0.1')
    .option('--port <端口>', 'serve:默认 12346')
    .action((verb: string, folder: string, files: string[], options: Readonly<Record<string, string>>) =>
      guarded(() =>
        run([
          verb,
          folder,
          ...files,
          ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
        ]),
      ),
    );
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
