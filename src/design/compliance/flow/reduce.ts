/** Reduces a net while preserving soundness (Murata 1989): sequences, choices, loops and balanced forks disappear. */
import type { Net, Place, Transition } from './net.js';

interface Mutable {
  readonly node: Transition['node'];
  inputs: Set<Place>;
  outputs: Set<Place>;
  ends: boolean;
  readonly waitsForAll: boolean;
}

/** @returns an equivalent net; a merged place keeps the last activity ahead of its parts */
export function reduced(net: Net): Net {
  const transitions = new Set<Mutable>();
  const producers = new Map<Place, Set<Mutable>>();
  const consumers = new Map<Place, Set<Mutable>>();
  const replaced = new Map<Place, Place>();
  const ahead = new Map(net.ahead);
  const marked = new Set(net.starts.flatMap(({ places }) => [...places]));

  const at = (map: Map<Place, Set<Mutable>>, place: Place): Set<Mutable> => {
    const known = map.get(place);
    if (known) return known;
    const made = new Set<Mutable>();
    map.set(place, made);
    return made;
  };
  const add = (transition: Mutable): void => {
    transitions.add(transition);
    for (const place of transition.inputs) at(consumers, place).add(transition);
    for (const place of transition.outputs) at(producers, place).add(transition);
  };
  const remove = (transition: Mutable): void => {
    transitions.delete(transition);
    for (const place of transition.inputs) at(consumers, place).delete(transition);
    for (const place of transition.outputs) at(producers, place).delete(transition);
  };
  for (const { node, inputs, outputs, ends, waitsForAll } of net.transitions) {
    add({
      node,
      inputs: new Set(inputs),
      outputs: new Set(outputs),
      ends: ends === true,
      waitsForAll: waitsForAll === true,
    });
  }

  /** p → t → q where p has no other output: merge p and q. */
  const fusePlaces = (transition: Mutable): boolean => {
    const [from, to] = [only(transition.inputs), only(transition.outputs)];
    if (from === undefined || to === undefined || transition.waitsForAll || from === to) return false;
    if (at(consumers, from).size !== 1 || (marked.has(from) && marked.has(to))) return false;
    const before = [...at(producers, from)];
    if (before.some(({ outputs }) => outputs.has(to))) return false;
    remove(transition);
    for (const producer of before) {
      remove(producer);
      producer.outputs.delete(from);
      producer.outputs.add(to);
      add(producer);
    }
    if (marked.delete(from)) marked.add(to);
    replaced.set(from, to);
    const work = ahead.get(from);
    if (work !== undefined && ahead.get(to)?.$type === 'bpmn:EndEvent') ahead.set(to, work);
    return true;
  };

  /** t → p → u, v … where p has no other neighbours: merge t with each. */
  const fuseTransitions = (place: Place): boolean => {
    const first = only(at(producers, place));
    const then = [...at(consumers, place)];
    if (first === undefined || marked.has(place) || then.length === 0 || then.includes(first)) return false;
    const rest = [...first.outputs].filter((output) => output !== place);
    const fits = then.every(
      ({ inputs, outputs, ends }) =>
        inputs.size === 1 && !rest.some((output) => outputs.has(output)) && (!ends || rest.length === 0),
    );
    if (!fits || (then.length > 1 && rest.length > 0)) return false;
    remove(first);
    for (const next of then) {
      remove(next);
      add({ ...first, outputs: new Set([...rest, ...next.outputs]), ends: next.ends });
    }
    return true;
  };

  const dropTwins = (): boolean => {
    const seen = new Set<string>();
    let dropped = false;
    for (const transition of [...transitions]) {
      const { inputs, outputs, ends, waitsForAll } = transition;
      const key = `${listed(inputs)}>${listed(outputs)}${String(ends)}${String(waitsForAll)}`;
      const idle = !ends && listed(inputs) === listed(outputs);
      if (seen.has(key) || idle) {
        remove(transition);
        dropped = true;
      }
      seen.add(key);
    }
    return dropped;
  };

  const numbers = new Map<Mutable, number>();
  const numberOf = (transition: Mutable): number => {
    const known = numbers.get(transition);
    if (known !== undefined) return known;
    numbers.set(transition, numbers.size);
    return numbers.size - 1;
  };
  /** Two places with the same inputs and outputs always hold the same. */
  const fuseTwinPlaces = (): boolean => {
    const seen = new Set<string>();
    let fused = false;
    for (const place of consumers.keys()) {
      const [before, after] = [at(producers, place), at(consumers, place)];
      if (marked.has(place) || before.size === 0 || after.size === 0) continue;
      if ([...after].some(({ waitsForAll }) => waitsForAll)) continue;
      const key = `${listed(new Set([...before].map(numberOf)))}>${listed(new Set([...after].map(numberOf)))}`;
      if (seen.has(key)) {
        for (const producer of before) producer.outputs.delete(place);
        for (const consumer of after) consumer.inputs.delete(place);
        producers.delete(place);
        consumers.delete(place);
        fused = true;
      }
      seen.add(key);
    }
    return fused;
  };

  for (let changed = true; changed;) {
    changed = false;
    for (const transition of [...transitions]) {
      if (transitions.has(transition) && fusePlaces(transition)) changed = true;
    }
    for (const place of [...consumers.keys()]) if (fuseTransitions(place)) changed = true;
    if (dropTwins()) changed = true;
    if (fuseTwinPlaces()) changed = true;
  }

  const finalOf = (place: Place): Place => {
    let at = place;
    for (let next = replaced.get(at); next !== undefined; next = replaced.get(at)) at = next;
    return at;
  };
  return {
    transitions: [...transitions].map(({ node, inputs, outputs, ends, waitsForAll }) => ({
      node,
      inputs: [...inputs],
      outputs: [...outputs],
      ...(ends ? { ends } : {}),
      ...(waitsForAll ? { waitsForAll } : {}),
    })),
    starts: net.starts.map((start) => ({ ...start, places: [...new Set(start.places.map(finalOf))] })),
    ahead,
  };
}

const only = <Item>(items: ReadonlySet<Item>): Item | undefined => {
  const [item] = items;
  return items.size === 1 ? item : undefined;
};

const listed = (numbers: ReadonlySet<number>): string => [...numbers].sort((a, b) => a - b).join(',');
