import { assertSupported, definitionOf, parseDiagram, tokenRuntime } from '../../engine/index.js';
import { systemClock } from '../../kernel/index.js';
import { readBytes } from '../frame/read-bytes.js';
import { tableOf } from '../frame/table.js';
import { readStimuli, readVariables } from './trace-files.js';
import { traceProcess, type TraceLine } from './trace-steps.js';
import { wholeIn } from '../frame/whole-diagram.js';

export interface TraceOptions {
  readonly stimuli: string;
  readonly variables?: string;
  readonly process?: string;
  readonly json?: boolean;
}

/** Steps through a diagram without a database. */
export async function trace(file: string, options: TraceOptions): Promise<void> {
  const diagram = await parseDiagram(wholeIn(await readBytes(file), file));
  const definition = definitionOf(
    diagram,
    options.process === undefined ? {} : { processId: options.process },
  );
  assertSupported(definition);
  const stimuli = await readStimuli(options.stimuli);
  const variables = options.variables === undefined ? {} : await readVariables(options.variables);
  const lines = traceProcess({
    runtime: tokenRuntime,
    definition,
    stimuli,
    variables,
    now: systemClock.now(),
  });
  if (options.json) for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
  else printTable(lines);
}

/** Prints the steps so far before it reports a refusal. */
function printTable(lines: Iterable<TraceLine>): void {
  const rows: [number, string, string, string][] = [];
  try {
    for (const { stimulus, waiting, ended } of lines) {
      const state = ended ? '已结束' : '进行中';
      rows.push([rows.length, JSON.stringify(stimulus), waiting.join('\n') || '–', state]);
    }
  } finally {
    if (rows.length > 0) process.stdout.write(`${tableOf(['步', '推进', '停在', '状态'], rows)}\n`);
  }
}
