/** Which elements, deeds and duties of a draft's processes the scenarios covered, and which none did. */
import { deedsIn, enteredIn, isStep } from '../../accountability/events/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { flowNodes } from '../../engine/index.js';
import { dutiesOf, type Catalogue } from '../../law/regulation/index.js';
import type { Coverage, CoveredShare } from '../compliance/index.js';
import type { RehearsedCase } from './rehearsed-case.js';
import type { Stage } from './stage.js';

/** @param processes keys of the drafted processes */
export function coverageOf({ catalogueOn, definitions }: Stage, processes: ReadonlySet<string>) {
  const drawn = definitions.all.filter(({ key }) => processes.has(key));
  const entered = new Set<string>();
  const done = new Set<string>();
  const owed = new Set<string>();
  let catalogue: Catalogue | undefined;
  return {
    lived({ entries }: Pick<RehearsedCase, 'entries'>): void {
      const [first] = entries;
      if (!first) return;
      catalogue ??= catalogueOn(toShanghaiIso(first.at).slice(0, 10));
      for (const entry of entries) {
        if (!isStep(entry) || !processes.has(entry.body.process)) continue;
        for (const id of enteredIn(entry)) entered.add(id);
        for (const { name } of deedsIn(entry)) done.add(name);
      }
      const trail = entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
      for (const { norm } of dutiesOf(catalogue, trail)) owed.add(norm);
    },
    told(): Coverage {
      // An element without a name is covered together with its neighbours.
      const elements = drawn.flatMap(({ definition }) =>
        [...flowNodes(definition)].flatMap(([id, { name }]) => (name?.trim() ? [{ id, name }] : [])),
      );
      const linked = new Set(
        drawn.flatMap(({ annotations }) =>
          annotations.elements.flatMap(({ deeds }) => deeds.map(({ name }) => name)),
        ),
      );
      const deeds = [...linked].map((id) => ({
        id,
        name: catalogue?.vocabulary.deeds.find((deed) => deed.name === id)?.title ?? id,
      }));
      const duties = (catalogue?.norms ?? [])
        .filter(({ duty }) => duty?.opens.some(({ deed }) => linked.has(deed)))
        .map(({ id, says }) => ({ id, name: says }));
      return { elements: share(elements, entered), deeds: share(deeds, done), duties: share(duties, owed) };
    },
  };
}

function share(all: CoveredShare['missed'], passed: ReadonlySet<string>): CoveredShare {
  const missed = all.filter(({ id }) => !passed.has(id));
  return { passed: all.length - missed.length, of: all.length, missed };
}
