/** A checked case on a page: what cannot be, its duties, and its lines as the log has them. */
import { provisionLabel } from '../../law/regulation/index.js';
import type { CheckedCase } from '../check.js';
import { findingTitles } from '../impossible.js';
import { sayInstant, verdictTitles } from '../words.js';
import { table, text } from './html.js';

/** Anchors of a page: names of cases may have any characters. */
export const anchorOf = (place: number): string => `case-${place}`;

export function caseSection(checked: CheckedCase, place: number): string {
  const { name, events, acts, duties, findings, catalogue } = checked;
  const marked = new Set(findings.flatMap(({ lines }) => lines));
  const deedsAt = new Map<number, string[]>();
  for (const { line, deed } of acts) deedsAt.set(line, [...(deedsAt.get(line) ?? []), deed.title]);
  const unitAt = new Map(acts.map(({ line, unit }) => [line, unit]));
  const lines = events.map(({ line, at, activity }) => [
    { html: marked.has(line) ? `<strong>${line}</strong>` : String(line) },
    sayInstant(new Date(at)),
    activity,
    deedsAt.get(line)?.join('、') ?? '',
    unitAt.get(line) ?? '',
  ]);
  return `<section class="case" id="${anchorOf(place)}">
<h2>${text(name)}</h2>
${findings.map(({ kind, provisions, what, lines: at }) => `<p>✗ ${text(findingTitles[kind])}:${text(what)}(${text(provisions.map(provisionLabel).join('、'))};第 ${at.join('、')} 行)</p>`).join('\n')}
${table(
  ['条文', '义务', '单位', '状态', '引起', '期限', '办成', '行号'],
  duties.map(({ norm, unit, verdict, openedAt, due, endedAt, madeGoodBy, lines: at }) => [
    catalogue.norm(norm)?.provisions.map(provisionLabel).join('、') ?? norm,
    catalogue.norm(norm)?.says ?? '',
    unit ?? '',
    `${verdictTitles[verdict]}${madeGoodBy === null ? '' : '(已补救)'}`,
    sayInstant(openedAt),
    due ? sayInstant(due) : '',
    endedAt ? sayInstant(endedAt) : '',
    at.join('、'),
  ]),
)}
${table(['行号', '时刻', '活动', '行为', '单位'], lines)}
</section>`;
}
