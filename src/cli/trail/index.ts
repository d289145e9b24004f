/** `hotline trail export|log|verify|witness|request|cosigned|rotate-key`: exports, verifies and co-signs the trail. */
import type { ChineseCommand } from '../frame/chinese-command.js';
import type { AnswerOptions, RequestOptions } from './cosign.js';
import type { ExportOptions, Order } from './export.js';
import type { RotateOptions } from './rotate-key.js';
import type { VerifyOptions } from './verify.js';

export function register(program: ChineseCommand): void {
  const trail = program.word('trail', '审计轨迹');
  trail
    .word('export', '导出一件工单、一个单位、一个人或一段时期的轨迹；导出本身记入轨迹')
    .option('--case <编号>', '工单编号')
    .option('--unit <单位>', '承办过的工单，整件')
    .option('--person <姓名>', '某人所办的，登录名或“姓名（登录名）”')
    .option('--from <日期>', '从哪一天起，YYYY-MM-DD')
    .option('--to <日期>', '到哪一天为止（含当天）')
    .option('--format <格式>', 'bundle 审计包（整条链，带证明）、csv、xlsx、pdf、xes、ocel', 'bundle')
    .requiredOption('--out <文件>', '写到哪里')
    .requiredOption('--requester <姓名>', '谁要的')
    .requiredOption('--purpose <用途>', '作什么用')
    .answers(async (options: ExportOptions) => (await import('./export.js')).exportPart(options));
  trail
    .word('log', '把全库轨迹写到一个文件夹，供核验程序的 log、compare 方式核验；导出本身记入轨迹')
    .requiredOption('--out <文件夹>', '写到哪里（新的或空的文件夹）')
    .requiredOption('--requester <姓名>', '谁要的')
    .requiredOption('--purpose <用途>', '作什么用')
    .answersOfSystem(async (system, order: Order) => (await import('./export.js')).log(system, order));
  trail
    .word(
      'verify',
      '核验数据库里的轨迹：各链、全库的树、签名和联署、清单、触发器；结果留在库里。不成立以 1 退出，判断不了（损坏、空的、打不开）以 3 退出',
    )
    .option('--note <文件...>', '自己留存的检查点（可以几个）：核对历史有没有被重写、截短', [])
    .json()
    .answers(async (options: VerifyOptions) => (await import('./verify.js')).verify(options), 3);
  trail
    .word('witness', '作见证人：核对检查点前后一致后联署（由监督机关、数据管理部门等另外运行）')
    .argument('<动作>', 'init、serve、sign、key')
    .argument('<目录>', '见证人的密钥和所见都在这里')
    .argument('[文件...]', 'sign 的请求文件和答复文件')
    .option('--name <名称>', 'init：见证人的名称')
    .option('--log <公钥>', 'init：见证哪个轨迹')
    .option('--host <地址>', 'serve：默认 127.0.0.1')
    .option('--port <端口>', 'serve：默认 12346')
    .action(
      async (verb: string, folder: string, files: string[], options: Readonly<Record<string, string>>) => {
        const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
        await (await import('./witness.js')).witness([verb, folder, ...files, ...flags]);
      },
    );
  trail
    .word('request', '给网络不通的见证人写一份联署请求')
    .requiredOption('--witness <名称>', '见证人，如 HOTLINE_TRAIL_WITNESSES 文件里公钥的名称')
    .requiredOption('--out <文件>', '请求写到哪里')
    .option('--old <条数>', '它上次联署的大小（默认取本系统所记的）')
    .answers(async (options: RequestOptions) => (await import('./cosign.js')).request(options));
  trail
    .word('cosigned', '收下见证人带回的联署')
    .requiredOption('--witness <名称>', '见证人')
    .requiredOption('--request <文件>', '当时写出的请求')
    .requiredOption('--answer <文件>', '见证人的答复')
    .answers(async (options: AnswerOptions) => (await import('./cosign.js')).take(options));
  trail
    .word('rotate-key', '更换签名密钥：写下新旧两把都签的条目，此后由新的签')
    .option(
      '--to-signer <命令>',
      '新密钥在签名命令里（以后的 HOTLINE_LOG_SIGNER、HOTLINE_LOG_SM2_SIGNER）；默认生成新的密钥文件',
    )
    .option('--sm2', '更换的是国密的（SM2）那一把')
    .answersOfSystem(async (system, options: RotateOptions) =>
      (await import('./rotate-key.js')).rotateKey(system, options),
    );
}
