/** `hotline process diff OLD NEW`: all differences between two diagrams, as sentences. */
import type { Command } from 'commander';
import type { Change } from '../design/compliance/difference/index.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { wrapped } from './wrapped.js';

interface Options {
  readonly json?: boolean;
  readonly layout?: boolean;
}

export function register(program: Command): void {
  group(program, 'process', '流程')
    .command('diff')
    .description('逐处说出两张流程图的差别,一处不漏')
    .argument('<旧>', '原来的 BPMN 2.0 流程图')
    .argument('<新>', '改过的 BPMN 2.0 流程图')
    .option('--layout', '图面的移动也逐处列出')
    .option('--json', '输出 JSON,图面的移动也在内')
    .action((before: string, after: string, options: Options) => guarded(() => run(before, after, options)));
}

async function run(before: string, after: string, { json, layout }: Options): Promise<void> {
  const [{ compareSources, noWords }, { readBytes }, { shippedLaw }, { toShanghaiIso }, { systemClock }] =
    await Promise.all([
      import('../design/compliance/difference/index.js'),
      import('./read-bytes.js'),
      import('../law/regulation/shipped-laws/index.js'),
      import('../calendar/model/index.js'),
      import('../kernel/clock.js'),
    ]);
  const day = toShanghaiIso(systemClock.now()).slice(0, 10);
  const law = shippedLaw(day);
  const [old, now] = [await readBytes(before), await readBytes(after)];
  const plain = await compareSources(old, now, noWords, law);
  // The catalogue takes a while to read, and most changes are none of deeds.
  const changes = /deed\[|duty:clock/.test(JSON.stringify(plain))
    ? await compareSources(old, now, (await catalogueOn(day)).vocabulary, law)
    : plain;
  process.stdout.write(json ? `${JSON.stringify(changes)}\n` : await inWords(changes, layout === true));
}

async function catalogueOn(day: string) {
  const { shippedOn } = await import('../law/regulation/index.js');
  return shippedOn(day).catalogue;
}

async function inWords(changes: readonly Change[], layout: boolean): Promise<string> {
  if (changes.length === 0) return '没有差别。\n';
  const moved = changes.filter(({ kind }) => kind === 'layout').length;
  const shown = layout ? changes : changes.filter(({ kind }) => kind === 'semantic');
  const [{ default: Table }, { isShortened }] = await Promise.all([
    import('cli-table3'),
    import('../design/compliance/difference/index.js'),
  ]);
  const table = new Table({
    head: ['环节', '差别'],
    style: { head: [], border: [] },
  });
  for (const { element, sentence } of shown) table.push([element, wrapped(sentence, 96)]);
  const folded = moved > 0 && !layout ? `另有 ${moved} 处只是图面的移动(--layout 列出)。\n` : '';
  const short = shown.some((one) => isShortened(one))
    ? '有的文字很长,只写了首尾(全文见 --json 的 before、after)。\n'
    : '';
  return `${shown.length === 0 ? '' : `${table.toString()}\n`}${short}${folded}`;
}
