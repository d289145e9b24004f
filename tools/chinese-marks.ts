/**
 * Full-width marks in Chinese text, as the laws have them: `npx tsx tools/chinese-marks.ts` writes them everywhere;
 * `npm run lint:marks` names the files that have others.
 * A comma, colon, semicolon, question or exclamation mark beside a Chinese character, and brackets around or beside
 * Chinese. Comments, code, patterns and tests stay as they are.
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
/** A regular expression inside a text. */
const pattern = /\(\?[:=!<]|\^\(|\\[dsw]/;
/** Prefixes of business keys and of accused units and people: data, no text. */
const key = /(?:定时|信号)\)?\u003a(?=[\ufffc%$a-z])|\b(?:unit|agent|official)\u003a/g;
const inlineCode = /`[^`]*`/g;
/** A call as expressions of diagrams write it. */
const call =
  /\b(?:abs|contains|count|date|decimal|every|floor|limit|max|min|not|number|policy|round|some|stricter|string|sum|time)$/;
const address = /\b\w+:\/\/[^\s,\uff0c\u3001\u3002"'`]*/g;

/** Stands for what a template puts in. */
const putIn = '\ufffc';

/** With the same length, so that places stay. */
export function fullWidth(source: string): string {
  if (pattern.test(source)) return source;
  const text = source
    .replaceAll(inlineCode, (own) => '\ufffc'.repeat(own.length))
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
    const isCall =
      text[from - 1] === ']' || /^(?:["'`]|\w+\()/.test(inside) || call.test(text.slice(0, from).trimEnd());
    if (isCall) continue;
    if ([...inside].some(isChinese) || isChinese(text[from - 1]) || isChinese(text[at + 1]))
      found.push(from, at);
  }
  return [...found, ...open.filter((at) => isChinese(text[at - 1]) || isChinese(text[at + 1]))];
}

export function withFullWidthMarks(path: string, source: string): string {
  const units = source.split('');
  for (const { from, text } of textsIn(extname(path), source)) {
    const written = fullWidth(text);
    for (const [at, unit] of written.split('').entries()) {
      if (unit === text[at]) continue;
      units[from + at] = unit;
      // A space behind the mark goes with it.
      if (written[at + 1] === ' ' && isChinese(written[at + 2])) units[from + at + 1] = '';
    }
  }
  return units.join('');
}

/** Tests quote commas of tables, statements and patterns: nobody reads them on screen. */
const left = /(?:^|\/)(?:test|database\/migrations)\/|\.(?:csv|jsonl|snap)$|package-lock\.json$/;

export const markedFiles = (): readonly string[] =>
  trackedFiles().filter(
    (path) => /\.(?:ts|mjs|vue|py|json|bpmn|dmn|md|html|sql|yaml)$/.test(path) && !left.test(path),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const onlyChecks = process.argv.includes('--check');
  for (const path of markedFiles()) {
    const file = join(packageRoot, path);
    const source = readFileSync(file, 'utf8');
    const written = withFullWidthMarks(path, source);
    if (written === source) continue;
    if (onlyChecks) {
      process.exitCode = 1;
      const line = source.split('\n').findIndex((text, at) => text !== written.split('\n')[at]) + 1;
      console.error(`${path}:${line} has a half-width mark in Chinese text`);
    } else writeFileSync(file, written);
  }
}
