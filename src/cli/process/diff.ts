import { toShanghaiIso } from '../../calendar/model/index.js';
import {
  compareSources,
  isShortened,
  noWords,
  type Change,
} from '../../design/compliance/difference/index.js';
import { systemClock } from '../../kernel/clock.js';
import { shippedLaw } from '../../law/regulation/shipped-laws/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { readBytes } from '../frame/read-bytes.js';
import { tableOf } from '../frame/table.js';
import { wrapped } from '../frame/wrapped.js';
import { wholeIn } from '../frame/whole-diagram.js';

export interface DiffOptions {
  readonly layout?: boolean;
}

/** Describes all differences between two diagrams in sentences. */
export async function diff(before: string, after: string, { layout = false }: DiffOptions): Promise<Answer> {
  const day = toShanghaiIso(systemClock.now()).slice(0, 10);
  const law = shippedLaw(day);
  const read = async (path: string): Promise<Uint8Array | string> => wholeIn(await readBytes(path), path);
  const [old, now] = [await read(before), await read(after)];
  const plain = await compareSources(old, now, noWords, law);
  // The catalogue is read only if needed: that takes a while, and most changes do not concern
  // deeds.
  const changes = /deed\[|duty:clock|limit\(/.test(JSON.stringify(plain))
    ? await compareSources(old, now, (await catalogueOn(day)).vocabulary, law)
    : plain;
  return { data: changes, words: inWords(changes, layout) };
}

async function catalogueOn(day: string) {
  const { shippedOn } = await import('../../law/regulation/index.js');
  return shippedOn(day).catalogue;
}

function inWords(changes: readonly Change[], layout: boolean): string {
  if (changes.length === 0) return '没有差别。';
  const moved = changes.filter(({ kind }) => kind === 'layout').length;
  const shown = layout ? changes : changes.filter(({ kind }) => kind === 'semantic');
  const rows = shown.map(({ element, sentence }) => [element, wrapped(sentence, 96)]);
  return [
    ...(rows.length > 0 ? [tableOf(['环节', '差别'], rows)] : []),
    ...(shown.some((one) => isShortened(one))
      ? ['有的文字很长，只写了首尾（全文见 --json 的 before、after）。']
      : []),
    ...(moved > 0 && !layout ? [`另有 ${moved} 处只是图面的移动（--layout 列出）。`] : []),
  ].join('\n');
}
