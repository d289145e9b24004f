/** `hotline takeover propose LOG`: a first draft of the mapping, by how alike the words are. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { takeoverGroup } from './takeover-group.js';

interface Options {
  readonly package?: string;
  readonly out?: string;
  readonly encoding: string;
  readonly zone: string;
}

export function register(program: Command): void {
  group(program, ...takeoverGroup)
    .command('propose')
    .description(
      '读旧系统的日志(CSV、XES,可以是 .gz;文件夹是 Camunda 7 的历史),按字面相近起草对照表,由人核对',
    )
    .argument('<日志>', '原系统导出的日志')
    .option('--out <文件>', '对照表写到哪里;不写的写到标准输出')
    .option('--package <文件夹>', '条例包,里面有 regulation/ 和 processes/;不写是随附的')
    .option('--encoding <编码>', '日志的编码:utf-8、gb18030、utf-16le', 'utf-8')
    .option('--zone <时区>', '日志的时刻没有写时区的,算哪里的', 'Asia/Shanghai')
    .action((log: string, options: Options) => guarded(() => run(log, options)));
}

async function run(log: string, { package: folder, out, encoding, zone }: Options): Promise<void> {
  const [{ openLog, proposeMapping, mappingSchema }, { lawOf }, { civilDateOf }, { Refusal, systemClock }] =
    await Promise.all([
      import('../takeover/index.js'),
      import('./package-folder.js'),
      import('../kernel/civil-date.js'),
      import('../kernel/index.js'),
    ]);
  const known = mappingSchema.shape.encoding.safeParse(encoding);
  if (!known.success) {
    throw new Refusal('usage.invalid', `没有编码“${encoding}”`, {
      remedy: '写 utf-8、gb18030 或者 utf-16le',
    });
  }
  const { stage, catalogue } = await lawOf(folder, civilDateOf(systemClock.now()));
  const drawn = stage.definitions.all.flatMap(({ annotations }) =>
    annotations.elements.flatMap(({ name, deeds }) =>
      deeds.map((deed) => ({ deed: deed.name, words: name })),
    ),
  );
  const titles = catalogue.vocabulary.deeds.map(({ name, title }) => ({ deed: name, words: title }));
  const source = await openLog(log, { encoding: known.data, instant: { zone } });
  const { mapping, activities } = await proposeMapping(source, catalogue, [...titles, ...drawn], zone);
  const text = `${JSON.stringify({ ...(known.data === 'utf-8' ? {} : { encoding: known.data }), ...mapping }, null, 2)}\n`;
  for (const { activity, lines, deed, alike } of activities) {
    const title = catalogue.vocabulary.deeds.find(({ name }) => name === deed)?.title;
    const found = deed === null ? '没有相近的行为' : `${deed} ${title ?? ''}(相近 ${alike} %)`;
    process.stderr.write(`${activity}(${lines} 行):${found}\n`);
  }
  if (out === undefined) return void process.stdout.write(text);
  const { openOutput } = await import('./output-file.js');
  const output = await openOutput(out);
  await output.write(text);
  await output.commit();
  process.stderr.write(`对照表的草稿写在 ${out}:逐项核对,再用 npx hotline takeover check\n`);
}
