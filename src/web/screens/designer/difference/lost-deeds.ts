/** Deeds and limits of the earlier diagram that no element does or measures any more. */
import '../../../api/jitless.js';
import type { Change, LawWords } from '../../../../design/compliance/index.js';
import { clockTitle, deedTitle } from '../../../../design/compliance/index.js';
import { limitReference } from '../../../../engine/model/index.js';
import { factsOf } from '../properties/facts.js';
import type { DrawingState } from '../modeler/drawing-state.js';
import { service } from '../modeler/services.js';

/** @param changes from the earlier diagram to the drawing */
export function lostDeeds(
  { drawing }: DrawingState,
  changes: readonly Change[],
  words: LawWords,
): readonly string[] {
  const [deeds, clocks] = [new Set<string>(), new Set<string>()];
  for (const { property, before } of changes) {
    if (before === null) continue;
    const properties =
      property === 'element' && typeof before === 'object' ? Object.keys(before) : [property];
    for (const one of properties) {
      const deed = /^deed\[([^\]]+)\](?:\.\$type)?$/.exec(one)?.[1];
      if (deed !== undefined) deeds.add(deed);
      const value = property === 'element' ? (before as { readonly [key: string]: unknown })[one] : before;
      if (typeof value !== 'string') continue;
      if (one === 'duty:clock') clocks.add(value);
      const reference = one === 'timeDuration' ? limitReference(value) : undefined;
      if (reference) clocks.add(reference.clock);
    }
  }
  if (!drawing.value || deeds.size + clocks.size === 0) return [];
  for (const element of service(drawing.value, 'elementRegistry').getAll()) {
    const facts = factsOf(element);
    for (const { name } of facts.deeds) deeds.delete(name);
    if (facts.timer) clocks.delete(facts.timer.clock);
  }
  return [
    ...[...deeds].map((name) => `没有环节做“${deedTitle(words, name)}”`),
    ...[...clocks].map((key) => `没有计时事件计“${clockTitle(words, key)}”`),
  ];
}
