/** `hotline process trace|check|diff|scenarios|replay`: examines a diagram before it is published. */
import type { ChineseCommand } from '../frame/chinese-command.js';
import type { CheckOptions } from './check.js';
import type { DiffOptions } from './diff.js';
import type { ReplayOptions } from './replay.js';
import type { ScenarioOptions } from './scenarios.js';
import type { TraceOptions } from './trace.js';

export function register(program: ChineseCommand): void {
  const diagrams = program.word('process', '流程');
  diagrams
    .word('trace', '逐步推演一张流程图：每一步之后，令牌停在哪些环节')
    .argument('<文件>', 'BPMN 2.0 流程图')
    .requiredOption('--stimuli <文件>', '推进清单（JSON）：办结任务、计时到期、消息、信号')
    .option('--variables <文件>', '初始变量（JSON）')
    .option('--process <标识>', '图中有几个流程时，推演哪一个')
    .option('--json', '每步输出一行 JSON')
    .action(async (file: string, options: TraceOptions) => (await import('./trace.js')).trace(file, options));
  diagrams
    .word('check', '核查流程图能否发布：结构、条文、期限、升级、分离、凭据（docs/reference/checks.md）')
    .argument('<文件...>', 'BPMN 2.0 流程图')
    .option('--json', '每个文件输出一行 JSON')
    .action(async (files: string[], options: CheckOptions) =>
      (await import('./check.js')).check(files, options),
    );
  diagrams
    .word('diff', '逐处说出两张流程图的差别，一处不漏')
    .argument('<旧>', '原来的 BPMN 2.0 流程图')
    .argument('<新>', '改过的 BPMN 2.0 流程图')
    .option('--layout', '图面的移动也逐处列出')
    .option('--json', '输出 JSON，图面的移动也在内')
    .answers(async (before: string, after: string, options: DiffOptions) =>
      (await import('./diff.js')).diff(before, after, options),
    );
  diagrams
    .word(
      'scenarios',
      '用改过的流程图跑各条的情景（processes/scenarios），说出不再通过的，和随附的图结果不同的',
    )
    .argument('<文件...>', '改过的 BPMN 2.0 流程图；没有给出的流程用随附的')
    .option('--both', '在第二个引擎 bpmn-engine 上也跑（要几分钟）')
    .json()
    .answers(async (files: string[], options: ScenarioOptions) =>
      (await import('./scenarios.js')).scenarios(files, options),
    );
  diagrams
    .word(
      'replay',
      '用改过的流程图重走以往的工单，说出哪些会有别的结果、别的升级，哪些走不下去；什么也不改动',
    )
    .argument('<文件...>', '改过的 BPMN 2.0 流程图；没有给出的流程用现行的')
    .option('--last <件数>', '系统里最近的多少件工单', Number, 1000)
    .option(
      '--messages <文件>',
      '不用系统里的工单，用这个 JSONL 文件里的诉求（与 hotline replay 同样格式），与随附的流程图比',
    )
    .json()
    .answers(async (files: string[], options: ReplayOptions) =>
      (await import('./replay.js')).replay(files, options),
    );
}
