/** Where a case must start to reach an element, and the processes it passes before. */
import { flowNodes, type DeployedDefinition } from '../../../engine/index.js';
import { wayIn } from '../../compliance/index.js';
import type { Begin } from '../dry-run.js';
import type { Stage } from '../stage.js';

export interface Place {
  readonly process: string;
  readonly element: string;
}

export interface Way {
  readonly begin: KnownBegin;
  readonly places: readonly Place[];
  /** True if the start data come from other kinds of cases: of a district's unit, from an upstream hotline. */
  readonly isGuessed: boolean;
}

type Begun = Omit<Way, 'isGuessed'>;

const mostWays = 2;

/** Start data of an earlier case: facts that the program prepares for it. */
export type KnownBegin = ({ readonly process: string } | { readonly message: string }) & Pick<Begin, 'facts'>;

/**
 * Ways to start so that the process runs, the likeliest first, then the same ways with start data
 * of other cases; empty if nothing starts it.
 *
 * @param start the start event on the path, if there are several
 */
export function waysInto(
  stage: Stage,
  process: string,
  known: readonly KnownBegin[],
  start: string | undefined,
): readonly Way[] {
  const own = stage.definitions.all.find(({ key }) => key === process);
  const [heard] = [...(own?.annotations.messageStarts ?? [])].filter(([, event]) => event === start);
  const plain = begun(stage, process, known, new Set([process]));
  // A message that arrives later at a running case may also be the way; the path then waits for it.
  const all = heard ? [...begun(stage, process, known, new Set([process]), heard[0]), ...plain] : plain;
  const shortest = [...all].sort((one, other) => one.places.length - other.places.length);
  const ways = distinct(shortest, ({ begin }) => begin).slice(0, mostWays);
  const facts = distinct(
    known.flatMap((one) => ('process' in one && Object.keys(one.facts ?? {}).length > 0 ? [one.facts] : [])),
    (one) => one,
  );
  const guessed = ways
    .filter(({ begin }) => begin.facts === undefined)
    .flatMap(({ begin, places }) => facts.map((one) => ({ begin: { ...begin, facts: one }, places })));
  return [
    ...ways.map((way) => ({ ...way, isGuessed: false })),
    ...guessed.map((way) => ({ ...way, isGuessed: true })),
  ];
}

const distinct = <Item>(items: readonly Item[], by: (item: Item) => unknown): readonly Item[] => {
  const first = new Map<string, Item>();
  for (const item of items) {
    const key = JSON.stringify(by(item));
    if (!first.has(key)) first.set(key, item);
  }
  return [...first.values()];
};

function begun(
  stage: Stage,
  process: string,
  known: readonly KnownBegin[],
  passed: ReadonlySet<string>,
  message?: string,
): readonly Begun[] {
  const { all } = stage.definitions;
  const own = all.find(({ key }) => key === process);
  if (!own) return [];
  const { messageStarts, timerStarts } = own.annotations;
  const heard = message === undefined ? [...messageStarts.keys()] : [message];
  const prepared = message === undefined ? timerStarts.flatMap(({ prepare }) => prepare ?? []) : [];
  const outside = [...heard, ...prepared].flatMap((message) => {
    const such = known.filter((one) => 'message' in one && one.message === message);
    const bare = such.filter(({ facts }) => facts === undefined);
    return bare.length > 0 ? bare : such;
  });
  const thrown = all.flatMap((sender) => {
    if (passed.has(sender.key)) return [];
    const throwing = sender.annotations.elements.filter(
      ({ throws }) => throws !== null && heard.includes(throws),
    );
    return throwing.flatMap(({ id }) =>
      begun(stage, sender.key, known, new Set([...passed, sender.key])).map(({ begin, places }) => ({
        begin,
        places: [...places, ...placesTo(sender, id)],
      })),
    );
  });
  const plain = message === undefined && beginsOfItself(own) ? [{ begin: { process }, places: [] }] : [];
  const bare = heard.map((message) => ({ begin: { message }, places: [] }));
  return [
    ...plain,
    ...outside.map((begin) => ({ begin, places: [] })),
    ...thrown.sort((one, other) => one.places.length - other.places.length),
    // If no diagram throws it and no such case is known, it comes from outside, without data.
    ...(thrown.length + outside.length > 0 ? [] : bare),
  ];
}

/** Whether it starts by itself: by a start event without a trigger, or without any start event. */
function beginsOfItself({ definition, annotations }: DeployedDefinition): boolean {
  const nodes = [...flowNodes(definition).values()];
  const starts = nodes.filter(
    ({ $type, $parent }) => $type === 'bpmn:StartEvent' && $parent?.$type === 'bpmn:Process',
  );
  return (
    starts.length === 0 ||
    starts.some(({ id, eventDefinitions }) => {
      const prepares = annotations.timerStarts.some((one) => one.event === id && one.prepare !== null);
      return (
        (eventDefinitions ?? []).every(({ $type }) => $type === 'bpmn:TimerEventDefinition') && !prepares
      );
    })
  );
}

const placesTo = ({ key, definition }: DeployedDefinition, element: string): readonly Place[] =>
  wayIn(definition.diagram, key, element).map((id) => ({ process: key, element: id }));
