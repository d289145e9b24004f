/** A page for a checked case: impossible events, its duties, and its lines from the log. */
import { instantInWords } from '../../kernel/civil-date.js';
import { findingTitles, verdicts } from '../../law/regulation/index.js';
import type { CheckedCase } from '../check.js';
import { table, text } from './html.js';
import { cited, placed } from './rows.js';

/** Anchor of a case on the page; a case's name may have any characters. */
export const anchorOf = (place: number): string => `case-${place}`;

export function caseSection(checked: CheckedCase, place: number): string {
  const { name, events, acts, duties, findings, catalogue } = checked;
  const marked = new Set(findings.flatMap(({ lines }) => lines));
  const deedsAt = new Map<number, string[]>();
  for (const { line, deed } of acts) deedsAt.set(line, [...(deedsAt.get(line) ?? []), deed.title]);
  const unitAt = new Map(acts.map(({ line, unit }) => [line, unit]));
  const lines = events.map(({ line, at, activity }) => [
    { html: marked.has(line) ? `<strong>${line}</strong>` : String(line) },
    instantInWords(new Date(at)),
    activity,
    deedsAt.get(line)?.join('、') ?? '',
    unitAt.get(line) ?? '',
  ]);
  return `<section class="case" id="${anchorOf(place)}">
<h2>${text(name)}</h2>
${findings.map(({ kind, provisions, what, lines: at }) => `<p>✗ ${text(findingTitles[kind])}：${text(what)}（${text(cited(provisions))}；第 ${at.join('、')} 行）</p>`).join('\n')}
${table(
  ['条文', '义务', '单位', '状态', '引起', '期限', '办成', '行号'],
  duties.map(({ norm, unit, verdict, openedAt, due, endedAt, madeGoodBy, lines: at }) => [
    ...Object.values(placed(catalogue, norm)),
    unit ?? '',
    `${verdicts[verdict]}${madeGoodBy === null ? '' : '（已补救）'}`,
    instantInWords(openedAt),
    due ? instantInWords(due) : '',
    endedAt ? instantInWords(endedAt) : '',
    at.join('、'),
  ]),
)}
${table(['行号', '时刻', '活动', '行为', '单位'], lines)}
</section>`;
}
