/**
 * Full-width marks in Chinese text, as the laws have them: `npx tsx tools/chinese-marks.ts` writes them everywhere.
 * A comma, colon, semicolon, question or exclamation mark beside a Chinese character, and brackets around or beside
 * Chinese. Comments, code, test vectors and golden data stay as they are.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../src/kernel/package-root.js';
import { textsIn } from './chinese-texts.js';
import { trackedFiles } from './tracked-files.js';

const chinese = /[\u201c\u201d\u3001-\u3003\u3008-\u3011\u3014\u3015\u3400-\u9fff\uff01-\uff60]/;
const wide = (mark: string): string => String.fromCharCode(mark.charCodeAt(0) + 0xfee0);
const isChinese = (character = ''): boolean => chinese.test(character);

/** Languages inside a text whose marks are theirs. */
const code = /\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|WHERE|VALUES|RETURNING)\b|^\s*=/;
/** Prefixes of business keys: data, no text. */
const key = /(?:定时|信号)\)?:(?=[\ufffc%$a-z])/g;
const address = /\b\w+:\/\/[^\s,\uff0c\u3001\u3002"'`]*/g;

/** Stands for what a template puts in. */
const putIn = '\ufffc';

/** With the same length, so that places stay. */
export function fullWidth(source: string): string {
  const text = source
    .replaceAll(address, (own) => '\ufffc'.repeat(own.length))
    .replaceAll(key, (own) => '\ufffc'.repeat(own.length));
  const units = text.split('');
  const onlyBetween = code.test(text);
  const speaks = units.some((unit) => isChinese(unit));
  const brackets = onlyBetween ? [] : pairsOf(text);
  for (const at of brackets) units[at] = wide(units[at] ?? '');
  // From left to right, so that a mark beside one that was widened is widened, too.
  for (const [at, unit] of units.entries()) {
    if (!',:;?!'.includes(unit)) continue;
    const [before, after] = [units[at - 1], units[at + 1]];
    // Between two parts of a Chinese sentence that are put in.
    const joins = speaks && before === putIn && (after === putIn || after === undefined);
    const widens = onlyBetween
      ? isChinese(before) && isChinese(after)
      : isChinese(before) || isChinese(after) || joins;
    if (widens) units[at] = wide(unit);
  }
  return units.map((unit, at) => (unit === '\ufffc' ? (source[at] ?? '') : unit)).join('');
}

/** Places of the brackets to widen. */
function pairsOf(text: string): readonly number[] {
  const open: number[] = [];
  const found: number[] = [];
  for (const [at, unit] of text.split('').entries()) {
    if (unit === '(') open.push(at);
    if (unit !== ')') continue;
    const from = open.pop();
    if (from === undefined) {
      if (isChinese(text[at - 1]) || isChinese(text[at + 1])) found.push(at);
      continue;
    }
    const inside = text.slice(from + 1, at);
    const isCall = text[from - 1] === ']' || /^["'`]/.test(inside);
    if (isCall) continue;
    if ([...inside].some(isChinese) || isChinese(text[from - 1]) || isChinese(text[at + 1]))
      found.push(from, at);
  }
  return [...found, ...open.filter((at) => isChinese(text[at - 1]) || isChinese(text[at + 1]))];
}

export function withFullWidthMarks(path: string, source: string): string {
  const units = source.split('');
  for (const { from, text, isPattern = false } of textsIn(extname(path), source)) {
    // A backslash before a bracket is no neighbour of it.
    const bare = isPattern ? text.replaceAll(/\\(?=[()?])/g, '') : text;
    const places = placesOf(text, isPattern);
    const written = fullWidth(bare);
    for (const [at, unit] of written.split('').entries()) {
      if (unit === bare[at]) continue;
      const place = from + (places[at] ?? 0);
      units[place] = unit;
      if (isPattern && source[place - 1] === '\\') units[place - 1] = '';
      // A space behind the mark goes with it.
      if (written[at + 1] === ' ' && isChinese(written[at + 2])) units[place + 1] = '';
    }
  }
  return units.join('');
}

const placesOf = (text: string, isPattern: boolean): readonly number[] =>
  text
    .split('')
    .flatMap((unit, at) => (isPattern && unit === '\\' && '()?'.includes(text[at + 1] ?? ' ') ? [] : [at]));

const left = /(?:^|\/)(?:vectors|golden|migrations)\/|\.(?:csv|jsonl|snap)$|package-lock\.json$/;

export const markedFiles = (): readonly string[] =>
  trackedFiles().filter(
    (path) => /\.(?:ts|mjs|vue|py|json|bpmn|dmn|md|html|sql|yaml)$/.test(path) && !left.test(path),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const path of markedFiles()) {
    const file = join(packageRoot, path);
    const source = readFileSync(file, 'utf8');
    const written = withFullWidthMarks(path, source);
    if (written !== source) writeFileSync(file, written);
  }
}
