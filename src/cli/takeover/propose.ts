import { civilDateOf } from '../../kernel/civil-date.js';
import { Refusal, systemClock } from '../../kernel/index.js';
import { mappingSchema, openLog, proposeMapping } from '../../takeover/index.js';
import { openOutput } from '../frame/output-file.js';
import { lawOf } from '../frame/package-folder.js';

export interface ProposeOptions {
  readonly package?: string;
  readonly out?: string;
  readonly encoding: string;
  readonly zone: string;
}

/** Drafts a mapping by the similarity of words. */
export async function propose(
  log: string,
  { package: folder, out, encoding, zone }: ProposeOptions,
): Promise<void> {
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
    const found = deed === null ? '没有相近的行为' : `${deed} ${title ?? ''}（相近 ${alike} %）`;
    process.stderr.write(`${activity}（${lines} 行）：${found}\n`);
  }
  if (out === undefined) return void process.stdout.write(text);
  const output = await openOutput(out);
  await output.write(text);
  await output.commit();
  process.stderr.write(`对照表的草稿写在 ${out}：逐项核对，再用 npx hotline takeover check\n`);
}
