/**
 * Runs all rules on one diagram. It is pure and gives the same result in browser, server and
 * command line. It never throws; anything it cannot read or decide becomes a finding.
 */
import {
  parseDecision,
  parseDiagram,
  type DecisionTable,
  type ParsedDiagram,
} from '../../engine/model/index.js';
import { Refusal } from '../../kernel/refusal.js';
import { provisionLabel } from '../../law/regulation/model/index.js';
import { incomplete, wellFormed } from './checks/well-formed.js';
import type { CheckContext } from './context.js';
import { digestOf } from './digest.js';
import type { CheckReport, Finding, RuleName } from './finding.js';
import { rules } from './rules.js';
import { articleOf, modelsOf, noArticle, type InForce, type ProcessModel, type Said } from './subject.js';

/** Most flow elements of one diagram; our largest has about 160. */
export const mostElements = 4000;
/** @param source XML as text or bytes */
export async function checkDiagram(source: string | Uint8Array, context: CheckContext): Promise<CheckReport> {
  let diagram: ParsedDiagram;
  try {
    diagram = await parseDiagram(source);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return reportOf([wellFormed(cause)]);
  }
  const models = modelsOf(diagram);
  const size = models.reduce((sum, { elements }) => sum + elements.nodes.length + elements.flows.length, 0);
  if (size > mostElements) return reportOf([wellFormed(tooLarge(`${size} 个环节和顺序流`, mostElements))]);
  const findings: Finding[] = [...incomplete(diagram)];
  const sha256 = context.reports === undefined ? '' : await digestOf(source);
  for (const model of models) {
    const inForce = await inForceFor(model.key, models, context);
    for (const [name, rule] of rules) {
      rule({ ...model, context, inForce, sha256 }, (said) => findings.push(findingOf(name, said, model)));
    }
  }
  return reportOf(findings);
}

const reportOf = (findings: readonly Finding[]): CheckReport => ({
  publishable: findings.every(({ severity }) => severity !== 'error'),
  findings,
});

const tooLarge = (size: string, limit: number): Refusal =>
  new Refusal('definition.not-bpmn', `图中有 ${size}，超过上限 ${limit} 个，核查不了。`, {
    remedy: '请把流程图拆成几个文件，用调用活动相连。',
  });

function findingOf(rule: RuleName, said: Said, { elements, annotations, process }: ProcessModel): Finding {
  const { element, article, message, fix, proof, decidedBy, severity = 'error' } = said;
  const found = typeof element === 'string' ? elements.nodes.find(({ id }) => id === element) : element;
  return {
    rule,
    severity,
    element: typeof element === 'string' ? element : (element.id ?? element.$parent?.id ?? process.id ?? '?'),
    article: article === undefined ? articleOf(found, annotations) : provisionLabel(article) || noArticle,
    message,
    fix,
    ...(proof ? { proof } : {}),
    ...(decidedBy ? { decidedBy } : {}),
  };
}

/** Includes the other processes of the file, because they come into force together with this one. */
export async function inForceFor(
  key: string,
  drawn: readonly ProcessModel[],
  { inForce, tables }: CheckContext,
): Promise<InForce> {
  const models = (await Promise.all(inForce.map(readOnce))).flat();
  const own = models.find((model) => model.key === key);
  const kept = models.filter((model) => drawn.every((one) => one.key !== model.key));
  const beside = drawn.filter((model) => model.key !== key);
  return {
    others: [...kept, ...beside],
    tables: await tablesIn(tables),
    ...(own ? { own } : {}),
  };
}

/** Parsed models are cached, because drawing needs the same few diagrams at every change. */
const kept = new Map<string, Promise<readonly ProcessModel[]>>();
const mostKept = 40;

export function readOnce(xml: string): Promise<readonly ProcessModel[]> {
  const known = kept.get(xml);
  if (known) return known;
  const read = parseDiagram(xml).then(modelsOf);
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? '');
  kept.set(xml, read);
  return read;
}

const keptTables = new Map<string, Promise<DecisionTable>>();

export const tablesIn = (sources: readonly string[]): Promise<readonly DecisionTable[]> =>
  Promise.all(
    sources.map((xml) => {
      const known = keptTables.get(xml);
      if (known) return known;
      const read = parseDecision(xml);
      if (keptTables.size >= mostKept) keptTables.delete(keptTables.keys().next().value ?? '');
      keptTables.set(xml, read);
      return read;
    }),
  );
