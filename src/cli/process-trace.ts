/** `hotline process trace FILE --stimuli S.json`: steps through a diagram without a database. */
import { type Command, Option } from 'commander';
import type { RuntimeName } from '../engine/index.js';
import type { TraceLine } from './trace.js';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly stimuli: string;
  readonly variables?: string;
  readonly runtime: RuntimeName;
  readonly process?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'process', '流程')
    .command('trace')
    .description('逐步推演一张流程图:每一步之后,令牌停在哪些环节')
    .argument('<文件>', 'BPMN 2.0 流程图')
    .requiredOption('--stimuli <文件>', '推进清单(JSON):办结任务、计时到期、消息、信号')
    .option('--variables <文件>', '初始变量(JSON)')
    .addOption(
      new Option('--runtime <引擎>', '用哪个引擎').choices(['token', 'bpmn-engine']).default('token'),
    )
    .option('--process <标识>', '图中有几个流程时,推演哪一个')
    .option('--json', '每步输出一行 JSON')
    .action((file: string, options: Options) => guarded(() => run(file, options)));
}

async function run(file: string, options: Options): Promise<void> {
  const [
    { assertSupported, definitionOf, parseDiagram, runtimeNamed },
    files,
    { traceProcess },
    { systemClock },
    { readBytes },
  ] = await Promise.all([
    import('../engine/index.js'),
    import('./trace-files.js'),
    import('./trace.js'),
    import('../kernel/index.js'),
    import('./read-bytes.js'),
  ]);
  const diagram = await parseDiagram(await readBytes(file));
  const definition = definitionOf(
    diagram,
    options.process === undefined ? {} : { processId: options.process },
  );
  assertSupported(definition);
  const stimuli = await files.readStimuli(options.stimuli);
  const variables = options.variables === undefined ? {} : await files.readVariables(options.variables);
  const lines = traceProcess({
    runtime: runtimeNamed(options.runtime),
    definition,
    stimuli,
    variables,
    now: systemClock.now(),
  });
  if (options.json) for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
  else await printTable(lines);
}

/** Prints the steps so far before a refusal. */
async function printTable(lines: Iterable<TraceLine>): Promise<void> {
  const { default: Table } = await import('cli-table3');
  const table = new Table({ head: ['步', '推进', '停在', '状态'], style: { head: [], border: [] } });
  let number = 0;
  try {
    for (const { stimulus, waiting, ended } of lines) {
      table.push([number, JSON.stringify(stimulus), waiting.join('\n') || '–', ended ? '已结束' : '进行中']);
      number += 1;
    }
  } finally {
    if (number > 0) process.stdout.write(`${table.toString()}\n`);
  }
}
