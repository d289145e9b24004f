/**
 * Rule 3: the diagram leaves no norm without an element, and links only to existing norms at their
 * place. A norm whose duty the deeds discharge needs no link. Removing a link that the version in
 * force has needs a reason, unless its element was redrawn.
 */
import type { CheckContext } from '../context.js';
import { label, type FlowNode } from '../../../engine/model/index.js';
import { overlaps, provisionLabel, relations } from '../../../law/regulation/model/index.js';
import { isAdded, isPossible, modelsOf } from '../doing.js';
import { isLinked, normsOf } from '../links.js';
import type { ProcessModel, Rule, Say, Subject } from '../subject.js';
import type { Norm } from '../../../law/regulation/model/index.js';

export const normCoverage: Rule = (subject, say) => {
  checkLinks(subject, say);
  const lost = checkCovered(subject, say);
  checkRemoved(subject, lost, say);
};

function checkLinks(subject: Subject, say: Say): void {
  const norms = new Map(subject.context.norms.map((norm) => [norm.id, norm]));
  if (norms.size === 0) return;
  for (const node of subject.elements.nodes) {
    for (const { norm, provision } of normsOf(subject, node)) {
      const known = norms.get(norm);
      if (!known) {
        say({
          element: node,
          article: provision,
          message: `${label(node)} 写的义务 ${norm || '（空）'} 不在条例目录里。`,
          fix: '从条文目录里另选一项义务，或者删去这个链接。',
        });
      } else if (!known.provisions.some((place) => overlaps(place, provision))) {
        say({
          element: node,
          article: provision,
          message: `${label(node)} 说 ${norm} 在${provisionLabel(provision)}，目录里它在${known.provisions.map(provisionLabel).join('、')}。`,
          fix: `把条文改为 ${known.provisions[0] ?? ''}，或者另选一项义务。`,
        });
      }
    }
  }
}

const waysToCover = (norm: Norm): readonly string[] => (norm.enforceable ? norm.coveredBy : []);

const isCover = (model: ProcessModel, node: FlowNode, norm: Norm): boolean =>
  normsOf(model, node).some((link) => link.norm === norm.id && waysToCover(norm).includes(link.relation));

const covers = (model: ProcessModel, norm: Norm): boolean =>
  model.elements.nodes.some((node) => isCover(model, node, norm));

/** Whether deeds discharge the norm, whatever is linked; rule 16 reports missing ones. */
const isDischarged = (models: readonly ProcessModel[], { duty }: Norm, context: CheckContext): boolean =>
  duty?.discharged.some((list) => list.every((act) => isPossible(models, act, context))) ?? false;

/** Gaps that the version in force has, too, are only warnings. */
function checkCovered(subject: Subject, say: Say): ReadonlySet<string> {
  if (isAdded(subject)) return new Set();
  const { context, inForce, process, definition } = subject;
  const { own } = inForce;
  const before = own?.definition.diagram.xml === definition.diagram.xml ? undefined : own;
  const models = modelsOf(subject);
  const holes = context.norms.filter(
    (norm) =>
      norm.enforceable &&
      !isDischarged(models, norm, context) &&
      !models.some((model) => covers(model, norm)),
  );
  for (const norm of holes) {
    const last = before?.elements.nodes.filter((node) => isCover(before, node, norm)) ?? [];
    const still = subject.elements.nodes.find(({ id }) => last.some((node) => node.id === id));
    const names = last.map(label).join('、');
    say({
      ...(before && last.length === 0 ? { severity: 'warning' } : {}),
      element: still ?? process,
      article: norm.provisions[0] ?? '',
      message: `“${norm.says}”（${norm.id}）没有环节履行${names === '' ? '' : `了：现行的图里由 ${names} 履行`}。`,
      fix: `给履行它的环节加上条文链接（${norm.id}，${waysToCover(norm)
        .map((way) => relationNames[way] ?? way)
        .join(' 或 ')}）。`,
    });
  }
  return new Set(holes.map(({ id }) => id));
}

function checkRemoved(subject: Subject, lost: ReadonlySet<string>, say: Say): void {
  const { own } = subject.inForce;
  if (!own) return;
  const here = new Map(subject.elements.nodes.map((node) => [node.id, node]));
  const known = new Set(own.elements.nodes.map(({ id }) => id));
  const redrawn = linksOf(
    subject,
    subject.elements.nodes.filter(({ id }) => !known.has(id)),
  );
  for (const before of own.elements.nodes) {
    const after = here.get(before.id);
    for (const { norm, provision, relation } of normsOf(own, before)) {
      const link = { norm, provision, relation: relation as 'fulfils' };
      if (lost.has(norm) || (after && isLinked(subject, after, link))) continue;
      if (!after && takeOne(redrawn, keyOf(link))) continue;
      say({
        severity: 'warning',
        element: after ?? subject.process,
        article: provision,
        message: after
          ? `${label(before)} 不再链接${provisionLabel(provision)}（${norm}，${relationNames[relation] ?? relation}）。`
          : `删去的 ${label(before)} 曾链接${provisionLabel(provision)}（${norm}，${relationNames[relation] ?? relation}）。`,
        fix: '恢复这个链接，或者在提交时写明理由。',
      });
    }
  }
}

const relationNames: { readonly [relation: string]: string } = relations;

const keyOf = ({ norm, provision, relation }: Readonly<Record<'norm' | 'provision' | 'relation', string>>) =>
  `${norm} ${provision} ${relation}`;

/** How many elements have each link. */
function linksOf(model: ProcessModel, nodes: readonly FlowNode[]): Map<string, number> {
  const count = new Map<string, number>();
  for (const link of nodes.flatMap((node) => normsOf(model, node))) {
    count.set(keyOf(link), (count.get(keyOf(link)) ?? 0) + 1);
  }
  return count;
}

function takeOne(count: Map<string, number>, key: string): boolean {
  const left = count.get(key) ?? 0;
  if (left > 0) count.set(key, left - 1);
  return left > 0;
}
