/**
 * Faults inserted into the shipped diagrams, one each, as by a hurried author. The same number
 * gives the same fault.
 */
import { elementsOf, parseDiagram, processOf, definitionOf, processIds } from '../../src/engine/index.js';
import { shippedDiagrams } from './check-context.js';

export interface Mutant {
  readonly file: string;
  readonly key: string;
  readonly what: string;
  readonly source: string;
}

interface Drawn {
  readonly file: string;
  readonly key: string;
  readonly source: string;
  readonly flows: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  /** Id → id of what it lies in. */
  readonly inside: ReadonlyMap<string, string>;
  readonly tasks: readonly string[];
  readonly gateways: readonly string[];
}

/** Number of faults per diagram; the check of large diagrams takes longest. */
const share: { readonly [file: string]: number } = { 'handling.bpmn': 1 };

export async function mutants(count: number): Promise<readonly Mutant[]> {
  const drawn = await Promise.all(shippedDiagrams.map(({ file, xml }) => read(file, xml)));
  const hat = drawn.flatMap((one) => Array.from({ length: share[one.file] ?? 6 }, () => one));
  const random = numbers(20260302);
  const made: Mutant[] = [];
  const known = new Set<string>();
  for (let tries = 0; made.length < count && tries < count * 20; tries += 1) {
    const one = pick(hat, random);
    const [what, source] = pick(faults, random)(one, random) ?? [];
    if (what === undefined || source === undefined || source === one.source || known.has(source)) continue;
    known.add(source);
    made.push({ file: one.file, key: one.key, what, source });
  }
  return made;
}

async function read(file: string, xml: string): Promise<Drawn> {
  // Removes the nodes' lists of flows, which repeat the flows.
  const source = xml.replace(/\s*<bpmn:(incoming|outgoing)>[^<]*<\/bpmn:\1>/g, '');
  const diagram = await parseDiagram(source);
  const [key = ''] = processIds(diagram);
  const { nodes, flows } = elementsOf(processOf(definitionOf(diagram, { processId: key })));
  return {
    file,
    key,
    source,
    flows: flows.map(({ id = '', sourceRef, targetRef }) => ({
      ...{ id, from: sourceRef?.id ?? '', to: targetRef?.id ?? '' },
    })),
    inside: new Map(nodes.map(({ id = '', $parent }) => [id, $parent?.id ?? ''])),
    tasks: nodes.flatMap(({ id, $type }) => ($type === 'bpmn:UserTask' && id ? [id] : [])),
    gateways: nodes.flatMap(({ id, $type }) =>
      /(Exclusive|Parallel)Gateway$/.test($type) && id ? [id] : [],
    ),
  };
}

type Random = () => number;
type Fault = (drawn: Drawn, random: Random) => readonly [string, string] | undefined;

const faults: readonly Fault[] = [
  function bypasses({ flows, tasks, source }, random) {
    const task = pick(tasks, random);
    const behind = flows.find(({ from }) => from === task);
    const before = flows.find(({ to }) => to === task);
    return behind && before && [`跳过 ${task}`, redirected(source, before.id, behind.to)];
  },
  function leadsElsewhere({ flows, inside, source }, random) {
    const flow = pick(flows, random);
    const others = flows.filter(({ to }) => to !== flow.to && inside.get(to) === inside.get(flow.to));
    const other = others.length > 0 ? pick(others, random) : undefined;
    return other && [`${flow.id} 改到 ${other.to}`, redirected(source, flow.id, other.to)];
  },
  function forksOrChooses({ gateways, source }, random) {
    const id = pick(gateways, random);
    const is = new RegExp(`<bpmn:exclusiveGateway id="${id}"`).test(source) ? 'exclusive' : 'parallel';
    const other = is === 'exclusive' ? 'parallel' : 'exclusive';
    const whole = new RegExp(`<bpmn:${is}Gateway (id="${id}"[^>]*?)(/>|>([\\s\\S]*?)</bpmn:${is}Gateway>)`);
    return [
      `${id} 改成 ${other}`,
      source.replace(whole, (_all, said: string, end: string, inner = '') => {
        // A parallel one has no default.
        const attributes = said.replace(/ default="[^"]*"/, '');
        return end === '/>'
          ? `<bpmn:${other}Gateway ${attributes}/>`
          : `<bpmn:${other}Gateway ${attributes}>${String(inner)}</bpmn:${other}Gateway>`;
      }),
    ];
  },
  function hasNoDefault({ gateways, source }, random) {
    const id = pick(gateways, random);
    return [`${id} 没有默认出口`, source.replace(new RegExp(`(id="${id}"[^>]*?) default="[^"]*"`), '$1')];
  },
  function isNoDeed({ source }, random) {
    const deeds = source.match(/<duty:deed [^>]*\/>|<duty:deed [^>]*[^/]>[\s\S]*?<\/duty:deed>/g) ?? [];
    const deed = pick(deeds, random);
    return [`删去 ${deed.slice(0, 60)}`, source.replace(deed, '')];
  },
  function isLonger({ source }, random) {
    const limits = source.match(/P\d+D(?=<\/bpmn:timeDuration>)/g) ?? [];
    if (limits.length === 0) return undefined;
    const at = Math.floor(random() * limits.length);
    let seen = -1;
    return [
      `第 ${at} 个期限加长`,
      source.replace(/P(\d+)D(?=<\/bpmn:timeDuration>)/g, (all, days: string) => {
        seen += 1;
        return seen === at ? `P${Number(days) + 4}D` : all;
      }),
    ];
  },
  function isAnybodys({ source }, random) {
    const bars = source.match(/ duty:notBy="[^"]*"/g) ?? [];
    const bar = bars.length > 0 ? pick(bars, random) : undefined;
    return bar === undefined ? undefined : [`删去${bar}`, source.replace(bar, '')];
  },
  function isNobodys({ tasks, source }, random) {
    const id = pick(tasks, random);
    return [`${id} 没有角色`, source.replace(new RegExp(`(id="${id}"[^>]*?) duty:role="[^"]*"`), '$1')];
  },
  function offersMore({ source }, random) {
    const fields = source.match(/<duty:field [^>]*type="choice"[^>]*>/g) ?? [];
    if (fields.length === 0) return undefined;
    const field = pick(fields, random);
    return [
      `${field.slice(0, 50)} 多一个选项`,
      source.replace(field, `${field}<duty:option value="mutant" label="另一种"/>`),
    ];
  },
];

const redirected = (source: string, flow: string, to: string): string =>
  source.replace(new RegExp(`(<bpmn:sequenceFlow id="${flow}"[^>]*targetRef=")[^"]*`), `$1${to}`);

function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** A linear congruential generator: the same mutants on every machine. */
function numbers(seed: number): Random {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
