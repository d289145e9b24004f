/**
 * Parses the official text of a regulation from a publisher's file. The project ships no text;
 * before a text is shown, it is compared with the catalogue article by article.
 */
import { Refusal } from '../../kernel/index.js';
import { readLaw, sentencesIn } from './law-text.js';
import { provisionLabel, type Catalogue } from './model/index.js';

export interface OfficialText {
  /** As the text itself states: `YYYY-MM-DD`. */
  readonly effectiveFrom: string;
  /** Sentences by provision, in order. */
  readonly sentences: ReadonlyMap<string, string>;
}

/** Most bytes; the regulation has about 15 thousand. */
const longest = 1024 * 1024;

/**
 * @param where the file's name, for the refusal
 * @throws {Refusal} `regulation.text-invalid` naming the differences from the catalogue
 */
export function readOfficialText(
  bytes: Buffer,
  where: string,
  catalogues: readonly Catalogue[],
): {
  readonly text: OfficialText;
  readonly catalogue: Catalogue;
} {
  const refuse = (detail: string, remedy: string): Refusal =>
    new Refusal('regulation.text-invalid', `${where}：${detail}`, { where, remedy });
  if (bytes.length > longest) throw refuse('超过 1 MiB，不像一部条例', '只放条例的原文');
  const lines = linesOf(bytes);
  if (!lines) throw refuse('不是 UTF-8 的文字', '存成 UTF-8 的纯文本再载入');
  const effectiveFrom = readLaw(lines.join('\n')).inForceFrom ?? fromPublication(lines, catalogues);
  if (effectiveFrom === undefined) {
    throw refuse('没有写明自何日起施行', '要有“自某年某月某日起施行”一句');
  }
  const catalogue = catalogues.find(({ version }) => version.inForceFrom === effectiveFrom);
  if (!catalogue) {
    const known = catalogues.map(({ version }) => `《${version.title}》自 ${version.inForceFrom} 起`);
    throw refuse(`自 ${effectiveFrom} 起施行，目录里没有这一版`, `目录里有：${known.join('、')}`);
  }
  const { title } = catalogue.version;
  if (!lines.some((line) => bare(line).endsWith(bare(title)))) {
    throw refuse(`没有题目“${title}”一行`, '放整部条例，题目在第一行');
  }
  const sentences = sentencesIn(lines.join('\n')).map(
    ({ provision = '?', words }) => [provision, words] as const,
  );
  const wrong = differencesFrom(sentences, catalogue);
  if (wrong.length > 0)
    throw refuse(wrong.slice(0, mostTold).join('；'), '核对文件：每条自成一段，款、项各自成行');
  return { text: { effectiveFrom, sentences: new Map(sentences) }, catalogue };
}

const mostTold = 5;
const bare = (line: string): string => line.replaceAll(/[\s《》]/g, '');

function linesOf(bytes: Buffer): string[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text
      .split(/\r?\n/)
      .map((line) => line.replaceAll('\u3000', ' ').trim())
      .filter((line) => line !== '');
  } catch {
    return undefined;
  }
}

/** A text that applies from its publication does not state the day: it is the only version of its title. */
function fromPublication(lines: readonly string[], catalogues: readonly Catalogue[]): string | undefined {
  if (!lines.some((line) => line.includes('自公布之日起施行'))) return undefined;
  const named = catalogues.filter(({ version }) =>
    lines.some((line) => bare(line).endsWith(bare(version.title))),
  );
  return named.length === 1 ? named[0]?.version.inForceFrom : undefined;
}

function differencesFrom(
  sentences: readonly (readonly [string, string])[],
  { provisions }: Catalogue,
): string[] {
  const wanted = provisions.filter(({ kind }) => kind !== 'article').map(({ id }) => id);
  const found = sentences.map(([id]) => id);
  const label = (id: string): string => (id.startsWith('art') ? provisionLabel(id) : '目录没有的一条');
  return [
    ...wanted.filter((id) => !found.includes(id)).map((id) => `没有${label(id)}`),
    ...found.filter((id) => !wanted.includes(id)).map((id) => `多出${label(id)}`),
    ...found.filter((id, index) => found.indexOf(id) !== index).map((id) => `${label(id)}写了两次`),
    ...(wanted.join() !== found.join() && new Set(found).size === wanted.length ? ['条文的次序不对'] : []),
  ];
}
