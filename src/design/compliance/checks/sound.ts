/**
 * Rule 2: soundness. Every element is reachable, every level can always end, no join waits for ever, nothing runs twice
 * by accident.
 */
import { label, type BpmnElement, type FlowNode } from '../../../engine/model/index.js';
import { explored } from '../flow/explore.js';
import { netOf, type Net } from '../flow/net.js';
import { reduced } from '../flow/reduce.js';
import { wayTo } from '../flow/way-to.js';
import { proofOf } from '../proof.js';
import type { Rule, Say, Subject } from '../subject.js';

export const sound: Rule = (subject, say) => {
  const { process, elements } = subject;
  const levels = [process, ...elements.nodes.filter((node) => node.flowElements !== undefined)];
  for (const level of levels) checkLevel(subject, level, say);
};

/** Markings of the whole net; it is explored only to show what was found. */
const mostForAWay = 4000;

type About = 'stuck' | 'doubled' | 'endless';

function checkLevel(subject: Subject, level: BpmnElement, say: Say): void {
  const net = netOf(level);
  const reached = new Map(net.starts.map((start) => [start, reachedFrom(net, start.places)]));
  checkReached(net, [...reached.values()], say);
  checkBeside(net, reached, say);
  const small = reduced(net);
  const reported = new Set<string>();
  const once = (
    about: About | 'large',
    element: BpmnElement,
    [message, fix]: readonly [string, string],
    way?: readonly BpmnElement[],
  ): void => {
    const key = `${about} ${element.id ?? ''}`;
    const proof =
      about === 'large' || !way ? {} : { proof: proofOf(way, { kind: about, element: element.id ?? '' }) };
    if (!reported.has(key)) say({ element, message, fix, ...proof });
    reported.add(key);
  };
  for (const [index, { places, node: start }] of small.starts.entries()) {
    const { doubled, endless, tooLarge, ...found } = explored(small, places);
    const isSound = found.stuck.length + doubled.length + endless.length === 0;
    // The reduced net is explored quickly, but it no longer shows the path or where exactly tokens
    // stop.
    const whole = isSound ? undefined : explored(net, net.starts[index]?.places ?? [], mostForAWay);
    const stuck = whole && !whole.tooLarge && whole.stuck.length > 0 ? whole.stuck : found.stuck;
    const way = (about: About, node: FlowNode): readonly BpmnElement[] => {
      const passed = whole?.wayTo(about, node) ?? [];
      return passed.length > 0 ? [...wayTo(subject, start), ...passed, node] : wayTo(subject, node);
    };
    for (const node of stuck) {
      once(
        'stuck',
        node,
        [
          `流程会停在 ${label(node)} 前面，再也走不下去：它等的另一路可能永远不来。`,
          '并行网关分开的用并行网关合起来，排他网关分开的用排他网关合起来。',
        ],
        way('stuck', node),
      );
    }
    for (const node of doubled) {
      once(
        'doubled',
        node,
        [
          `${label(node)} 会被同时到达两次：前面并行的几路没有先合起来。`,
          '在它前面加一个并行网关，等几路都到齐再往下走。',
        ],
        way('doubled', node),
      );
    }
    for (const node of endless) {
      once(
        'endless',
        node,
        [
          `走到 ${label(node)} 以后只能循环，没有出口，流程永远不会结束。`,
          '从循环里接出一条通向结束事件的路。',
        ],
        way('endless', node),
      );
    }
    if (tooLarge) {
      once('large', level, [
        `${label(level)} 的并行、包容网关纠缠太多，核查不完，无法确认它总能结束。`,
        '把并行的部分各自成对地分开、合起来，或者拆成子流程。',
      ]);
    }
  }
}

/** Unreachable elements; those without incoming flow are reported by the deployment lint. */
function checkReached(net: Net, reached: readonly ReadonlySet<FlowNode>[], say: Say): void {
  const nodes = new Set(net.transitions.filter(({ inputs }) => inputs.length > 0).map(({ node }) => node));
  for (const node of nodes) {
    if (reached.some((set) => set.has(node))) continue;
    say({
      element: node,
      message: `从开始事件走不到 ${label(node)}。`,
      fix: '用顺序流把它接到流程里，或者删去。',
    });
  }
}

/** A non-interrupting path must not join the main path: everything after would run twice. */
function checkBeside(
  net: Net,
  reached: ReadonlyMap<Net['starts'][number], ReadonlySet<FlowNode>>,
  say: Say,
): void {
  const main = new Set([...reached].flatMap(([{ beside }, nodes]) => (beside ? [] : [...nodes])));
  for (const [{ node, beside }, nodes] of reached) {
    if (!beside) continue;
    const shared = [...nodes].find((one) => main.has(one) && !/EndEvent|Gateway/.test(one.$type));
    if (shared === undefined) continue;
    say({
      element: node,
      message: `${label(node)} 不打断原来的环节，它后面的路却汇入了 ${label(shared)}：这一步会办两遍。`,
      fix: '让这条路自己走到一个结束事件，或者把边界事件改为中断的。',
    });
  }
}

function reachedFrom({ transitions }: Net, places: readonly number[]): ReadonlySet<FlowNode> {
  const by = new Map<number, Net['transitions'][number][]>();
  for (const transition of transitions) {
    for (const place of transition.inputs) by.set(place, [...(by.get(place) ?? []), transition]);
  }
  const nodes = new Set<FlowNode>();
  const seen = new Set(places);
  const open = [...places];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const { node, outputs } of by.get(place) ?? []) {
      nodes.add(node);
      for (const output of outputs) {
        if (seen.has(output)) continue;
        seen.add(output);
        open.push(output);
      }
    }
  }
  return nodes;
}
