/**
 * Finds replies with the same text to different sheets, given shortly before the limit, compared
 * with all replies of others. Only the most striking text of a unit is shown; all count as tested.
 */
import type { Place } from '../facts.js';
import { numberOf } from '../rules.js';
import { shareTail } from '../statistics/tails.js';
import { hour, type Pattern, type Row } from './pattern.js';
import { isNearLimit } from './rounds.js';

interface Reply extends Place {
  readonly text: string;
  readonly near: boolean;
}

export const sameText: Pattern = {
  key: 'same-text',
  watch: (own, rules) => {
    const near = numberOf(own, 'nearHours') * hour;
    const leastSame = numberOf(own, 'leastSame');
    const units = new Map<string, Reply[]>();
    return {
      sheet: ({ no, steps }) => {
        for (const step of steps) {
          const { does, text, unit, seq } = step;
          if (!does.has('replied') || text === undefined || unit === '') continue;
          const reply = { stream: no, seq, text, near: isNearLimit(step, near) };
          const known = units.get(unit);
          if (known) known.push(reply);
          else units.set(unit, [reply]);
        }
      },
      rows: () => {
        const all = [...units.values()].flat();
        const allNear = all.filter((one) => one.near).length;
        const groups = [...units].flatMap(([name, replies]) => {
          const rest = {
            restFound: allNear - replies.filter((one) => one.near).length,
            restOf: all.length - replies.length,
          };
          return groupsOf(replies, leastSame)
            .filter(({ length }) => length >= own.leastOf)
            .map((same): Row => {
              const hits = same.filter((one) => one.near);
              const share = { found: hits.length, of: same.length, ...rest };
              const entries = hits.slice(0, rules.mostEntries).map(({ stream, seq }) => ({ stream, seq }));
              return {
                ...share,
                subject: { kind: 'unit', name },
                tail: shareTail(share, own.allowed),
                entries,
              };
            });
        });
        const rarest = new Map<string, Row>();
        for (const row of groups) {
          const known = rarest.get(row.subject.name);
          if (!known || row.tail < known.tail) rarest.set(row.subject.name, row);
        }
        return { rows: [...rarest.values()], tests: groups.length };
      },
    };
  },
};

/** Replies by text, if at least this many different sheets have it. */
function groupsOf(replies: readonly Reply[], least: number): readonly (readonly Reply[])[] {
  const groups = new Map<string, Reply[]>();
  for (const reply of replies) {
    const known = groups.get(reply.text);
    if (known) known.push(reply);
    else groups.set(reply.text, [reply]);
  }
  return [...groups.values()].filter((same) => new Set(same.map(({ stream }) => stream)).size >= least);
}
