/** Traffic parsed by the usual entry reader and examined by the radar, without a database. */
import { origin, link, type Head } from '../../../src/accountability/trail/chain.js';
import { readEntry, type Entry } from '../../../src/accountability/events/read-entry.js';
import type { TrailAppend } from '../../../src/accountability/index.js';
import { look, radarRules, type Hypothesis } from '../../../src/measures/radar/index.js';
import { sheetFacts } from '../../../src/measures/radar/read-sheet.js';
import { likenessOf } from '../../../src/measures/radar/likeness.js';
import { shippedOn } from '../../../src/law/regulation/index.js';
import type { Traffic } from './traffic.js';

/** As the trail writes and reads them. */
function entriesOf(appended: readonly TrailAppend[]): readonly Entry[] {
  const heads = new Map<string, Head>();
  return appended.map(({ sealed = [], stream, ...one }) => {
    const digests = Object.fromEntries(sealed.map(({ name, digest }) => [name, digest]));
    const kept = sealed.length > 0 ? { sealed: digests } : {};
    const linked = link(heads.get(stream) ?? origin, stream, one.type, one.at, one.body, kept);
    heads.set(stream, linked);
    const entry = readEntry({
      stream,
      seq: linked.seq,
      type: one.type,
      at: one.at,
      leaf: linked.leaf,
      body: linked.body,
    });
    if (entry.type === 'unread') throw new Error(`cannot be read: ${JSON.stringify(one)}`);
    return entry;
  });
}

export function hypothesesIn({ sheets, others }: Traffic): readonly Hypothesis[] {
  const rules = radarRules();
  const seen = look(rules);
  const { catalogue } = shippedOn('2026-03-02');
  for (const { no, district, contact, entries } of sheets) {
    const texts = new Map(
      entries.flatMap(({ sealed = [] }, index) =>
        sealed.flatMap(({ value }) => {
          const like = likenessOf(value ?? '', 20);
          return like === undefined ? [] : [[index + 1, like] as const];
        }),
      ),
    );
    const facts = sheetFacts(rules, catalogue, { no, district, caller: contact, texts }, entriesOf(entries));
    if (facts) seen.sheet(facts);
  }
  for (const entry of entriesOf(others)) {
    const { stream, seq, at } = entry;
    if (entry.type === 'caller.revealed') {
      seen.read({ stream, seq, at, actor: entry.body.actor, sheet: entry.body.case });
    }
    if (entry.type === 'exclusion.granted' || entry.type === 'exclusion.refused') {
      const { actor, unit, sheet } = entry.body;
      seen.exclusion({ stream, seq, actor, unit, sheet, granted: entry.type === 'exclusion.granted' });
    }
  }
  return seen.hypotheses();
}
