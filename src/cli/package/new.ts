/** `hotline package new --law FILE`: the questions that a law raises, or the package that the answers make. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { Refusal } from '../../kernel/index.js';
import { reasonOf } from '../../kernel/reason-of.js';
import type { Answer } from '../frame/chinese-command.js';

export interface NewOptions {
  readonly law: string;
  readonly answers?: string;
  readonly to?: string;
  readonly follows?: string;
}

/** Nothing is written unless all of it can be. */
export async function newPackage({
  law: file,
  answers: given,
  to: asked,
  follows,
}: NewOptions): Promise<Answer> {
  const { findingsInChinese } = await import('../../kernel/chinese-findings.js');
  findingsInChinese();
  const news = await import('../../design/package/index.js');
  const law = news.readLaw(await textOf(file));
  news.assertWhole(law);
  const to = asked ?? (given === undefined ? 'answers.json' : 'my-city');
  const target = resolve(to);
  if (existsSync(target))
    throw new Refusal('usage.invalid', `${to} 已经有了`, { remedy: '换一个路径，或者先移走它' });
  const acts = news.readActs();
  if (given === undefined) {
    const draft = news.draftAnswers(law, acts);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, draft.file, { flag: 'wx' });
    return `${draft.words}\n\n建议的回答写在 ${to}：逐条核对，再用 --answers ${to} 写出条例包`;
  }
  const answers = news.readAnswers(await textOf(given), given);
  if (follows !== undefined) await assertReplaces(follows, answers.city.key);
  const before = follows === undefined ? undefined : relative(target, resolve(follows));
  const files = news.newPackage(law, acts, answers, before);
  await mkdir(dirname(target), { recursive: true });
  const building = await mkdtemp(`${target}-`);
  try {
    for (const [path, content] of files) {
      await mkdir(dirname(join(building, path)), { recursive: true });
      await writeFile(join(building, path), content);
    }
    await rename(building, target);
  } catch (cause) {
    await rm(building, { recursive: true, force: true });
    throw cause;
  }
  const lines = [...files.values()].reduce((sum, content) => sum + content.split('\n').length - 1, 0);
  return `写出 ${files.size} 个文件、${lines} 行，在 ${to}；核对：npx hotline package check ${to}`;
}

/** @throws {Refusal} `package.invalid`, `package.answers-invalid`: another city's */
async function assertReplaces(folder: string, city: string): Promise<void> {
  const { packageManifest } = await import('../../kernel/package-content.js');
  const { key } = packageManifest(resolve(folder));
  if (key === city) return;
  throw new Refusal(
    'package.answers-invalid',
    `${folder} 是“${key}”的条例包，回答里的 city.key 是“${city}”`,
    {
      remedy: '同一个城市的两部条例，city.key 写得一样；不是替代它的，去掉 --follows',
    },
  );
}

async function textOf(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new Refusal('file.unreadable', `${file}：${reasonOf(cause)}`, {
      remedy: '写一个读得到的文件',
      cause,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Refusal('file.unreadable', `${file} 不是 UTF-8 的文字`, {
      remedy: '存成 UTF-8 的纯文本',
      cause,
    });
  }
}
