/**
 * Reads a decision table strictly: it refuses anything that would not be evaluated as in the
 * standard, and names an alternative.
 */
import { DmnModdle } from 'dmn-moddle';
import { Refusal } from '../../../kernel/refusal.js';
import { xmlText } from '../xml-text.js';
import { registerAttribute } from './register-attribute.js';
import {
  registerNames,
  type CellType,
  type DecisionInput,
  type DecisionOutput,
  type DecisionRule,
  type DecisionTable,
  type HitPolicy,
  type RegisterName,
} from './table.js';

const namespace = 'https://www.omg.org/spec/DMN/20191111/MODEL/';
/** Namespaces of DMN 1.1, 1.2, 1.4 and 1.5, whose tables have the same form. */
const likewise =
  /https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20151101\/dmn\.xsd|20180521\/MODEL\/|20211108\/MODEL\/|20230324\/MODEL\/)/g;

/**
 * Most rules and columns of one table: a city's catalogue of classes and units has some hundreds,
 * and this many can be checked.
 */
const mostRules = 3000;
const mostColumns = 30;
/** Most tags; a row of ten columns has forty-two. */
const mostTags = 150_000;

/** Whether the root element claims to be DMN, readable or not. */
export function isDecisionXml(xml: string): boolean {
  const [root = '', prefix] = /<(?:([\w.-]+):)?definitions\b[^>]*>/.exec(xml) ?? [];
  const declared = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  return new RegExp(`\\s${declared}\\s*=\\s*["'][^"']*/spec/DMN/`).test(root);
}

/** The same table as a DMN 1.3 file, as it is stored. */
export const asDmn13 = (xml: string): string => xml.replace(likewise, namespace);

interface Element {
  readonly $type: string;
  readonly id?: string;
  readonly name?: string;
  readonly label?: string;
  readonly text?: string;
  readonly typeRef?: string;
  readonly expressionLanguage?: string;
  get(name: string): unknown;
}

interface Input extends Element {
  readonly inputExpression?: Element;
  readonly inputValues?: Element;
}

interface Output extends Element {
  readonly outputValues?: Element;
  readonly defaultOutputEntry?: Element;
}

interface Rule extends Element {
  readonly description?: string;
  readonly inputEntry?: readonly Element[];
  readonly outputEntry?: readonly Element[];
}

interface Table extends Element {
  readonly hitPolicy?: string;
  readonly aggregation?: string;
  readonly input?: readonly Input[];
  readonly output?: readonly Output[];
  readonly rule?: readonly Rule[];
}

interface Decision extends Element {
  readonly decisionLogic?: Element;
}

/**
 * @param source the XML as text, or its bytes in UTF-8
 * @throws {Refusal} `definition.not-dmn`: not DMN, or not one table of the supported kind, with the
 * place and an alternative
 */
export const parseDecision = async (source: string | Uint8Array): Promise<DecisionTable> =>
  (await decisionTree(source)).table;

/** A table with the elements of its file, which can be changed and written again. */
export interface DecisionTree {
  readonly table: DecisionTable;
  /** A `dmn:Decision`, and the `dmn:DecisionTable` in it. */
  readonly decision: DecisionElement;
  readonly logic: DecisionElement;
  /** @returns DMN 1.3 of the elements in their present state */
  write(): Promise<string>;
}

export interface DecisionElement {
  readonly $model: { create(type: string, properties: object): DecisionElement };
  get<Value>(name: string): Value;
  set(name: string, value: unknown): void;
}

/** @throws {Refusal} as `parseDecision` */
export async function decisionTree(source: string | Uint8Array): Promise<DecisionTree> {
  const xml = xmlText(source, (detail, remedy) => notDmn(detail, remedy), mostTags);
  if (!isDecisionXml(xml)) throw notDmn('根元素不是 DMN 的 definitions。');
  const root = (await read(asDmn13(xml))) as Element & { readonly drgElement?: readonly Element[] };
  const decisions = (root.drgElement ?? []).filter(({ $type }) => $type === 'dmn:Decision') as Decision[];
  const [decision, ...others] = decisions;
  if (!decision) throw notDmn('文件里没有决策（decision）。');
  if (others.length > 0) {
    const names = decisions.map(({ id = '?', name = id }) => `“${name}”`).join('、');
    throw notDmn(
      `文件里有 ${decisions.length} 个决策：${names}。`,
      '每张表另存为一个文件，流程里先后各用一个业务规则任务。',
    );
  }
  const logic = decision.decisionLogic as Table | undefined;
  if (logic?.$type !== 'dmn:DecisionTable') {
    throw notDmn(
      `决策“${decision.name ?? decision.id ?? '?'}”不是决策表。`,
      '字面表达式等改成一张表：条件写成输入，结果写成输出。',
    );
  }
  return {
    table: tableOf(decision, logic, xml),
    decision: decision as unknown as DecisionElement,
    logic: logic as unknown as DecisionElement,
    write: () => write(root),
  };
}

function tableOf(decision: Decision, logic: Table, xml: string): DecisionTable {
  const { id: key = '', name = key } = decision;
  if (!/^[A-Za-z][\w-]{0,99}$/.test(key)) {
    throw notDmn(
      `决策的标识“${key.slice(0, 40)}”不合规定。`,
      '标识以字母开头，只用字母、数字和连字符，例如 extension-grounds。',
    );
  }
  const inputs = (logic.input ?? []).map((input, at) => inputOf(input, at + 1));
  const outputs = (logic.output ?? []).map((output, at) =>
    outputOf(output, at + 1, logic.output?.length ?? 1, key),
  );
  const rules = (logic.rule ?? []).map((rule, at) => ruleOf(rule, at + 1, inputs.length, outputs.length));
  if (inputs.length + outputs.length > mostColumns || rules.length > mostRules) {
    throw notDmn(
      `表有 ${inputs.length + outputs.length} 列、${rules.length} 行，上限是 ${mostColumns} 列、${mostRules} 行。`,
      '拆成几张表，先后各用一个业务规则任务。',
    );
  }
  return { key, name, hitPolicy: hitPolicyOf(logic), inputs, outputs, rules, xml };
}

const otherPolicies: { readonly [policy: string]: string } = {
  ANY: '命中几行而结果相同的，改成 F（首行优先）。',
  PRIORITY: '改成 F（首行优先），把优先的行排在前面。',
  'OUTPUT ORDER': '改成 C（全部收集），把行按结果的先后排好。',
  'RULE ORDER': '改成 C（全部收集）：它本来就按行的先后。',
};

function hitPolicyOf({ hitPolicy = 'UNIQUE', aggregation }: Table): HitPolicy {
  if (aggregation !== undefined) {
    throw notDmn(
      `命中方式 C 的汇总 ${aggregation} 不支持。`,
      '去掉汇总：结果是一张清单，在流程里用 sum(…)、count(…)、min(…)、max(…) 计算。',
    );
  }
  if (hitPolicy === 'UNIQUE') return 'U';
  if (hitPolicy === 'FIRST') return 'F';
  if (hitPolicy === 'COLLECT') return 'C';
  throw notDmn(
    `命中方式 ${hitPolicy} 不支持，支持的是 U（唯一）、F（首行优先）、C（全部收集）。`,
    otherPolicies[hitPolicy] ?? '改成其中一种。',
  );
}

const types: { readonly [typeRef: string]: CellType } = {
  string: 'text',
  boolean: 'boolean',
  number: 'number',
  double: 'number',
  integer: 'integer',
  long: 'integer',
  date: 'date',
  datetime: 'instant',
  'date and time': 'instant',
  any: 'any',
};

function typeOf(typeRef: string | undefined, where: string): CellType {
  if (typeRef === undefined) return 'any';
  const type = types[typeRef.replace(/^feel:/, '').toLowerCase()];
  if (type) return type;
  throw notDmn(
    `${where}的类型 ${typeRef} 不支持。`,
    '类型写 string、number、boolean、date 或 dateTime；时间和时长先在输入的表达式里算成数。',
  );
}

function registerOf(column: Element, where: string): RegisterName | undefined {
  const name = column.get('duty:register');
  if (name === undefined || name === '') return undefined;
  const known = registerNames.find((one) => one === name);
  if (known) return known;
  throw notDmn(
    `${where}的值取自“${typeof name === 'string' ? name.slice(0, 40) : '?'}”，没有这样的名册。`,
    `写其中一个：${registerNames.join('、')}；或者不写。`,
  );
}

const textIn = (element: Element | undefined): string | undefined => element?.text?.trim() || undefined;

function feelOnly(element: Element | undefined, where: string): void {
  const language = element?.expressionLanguage;
  if (!language || /feel/i.test(language)) return;
  throw notDmn(`${where}用的是 ${language}，只支持 FEEL。`, '改用 FEEL 书写。');
}

function inputOf(input: Input, at: number): DecisionInput {
  const { id, label, inputExpression, inputValues } = input;
  const expression = textIn(inputExpression);
  const heading = label?.trim() || expression || `第 ${at} 列`;
  const where = `输入“${heading}”`;
  feelOnly(inputExpression, where);
  return {
    id: id ?? `input-${at}`,
    label: heading,
    expression: expression ?? '',
    type: typeOf(inputExpression?.typeRef, where),
    allowed: textIn(inputValues),
    register: registerOf(input, where),
  };
}

function outputOf(output: Output, at: number, of: number, key: string): DecisionOutput {
  const { id, label, name: given, typeRef, outputValues, defaultOutputEntry } = output;
  const name = given?.trim() || (of === 1 ? key : '');
  const heading = label?.trim() || name || `第 ${at} 列`;
  const where = `输出“${heading}”`;
  feelOnly(defaultOutputEntry, where);
  return {
    id: id ?? `output-${at}`,
    label: heading,
    name,
    type: typeOf(typeRef, where),
    allowed: textIn(outputValues),
    otherwise: textIn(defaultOutputEntry),
    register: registerOf(output, where),
  };
}

function ruleOf(rule: Rule, number: number, inputs: number, outputs: number): DecisionRule {
  const { id, description, inputEntry = [], outputEntry = [] } = rule;
  const where = `第 ${number} 行`;
  if (inputEntry.length !== inputs || outputEntry.length !== outputs) {
    throw notDmn(
      `${where}有 ${inputEntry.length} 格输入、${outputEntry.length} 格输出，表头是 ${inputs} 列输入、${outputs} 列输出。`,
      '每行的格数与表头相同，不论的写 -。',
    );
  }
  for (const entry of [...inputEntry, ...outputEntry]) feelOnly(entry, where);
  return {
    id: id ?? `rule-${number}`,
    number,
    tests: inputEntry.map((entry) => textIn(entry) ?? '-'),
    results: outputEntry.map((entry) => textIn(entry) ?? 'null'),
    note: description?.trim() || undefined,
  };
}

let moddle: DmnModdle | undefined;

async function write(root: unknown): Promise<string> {
  moddle ??= new DmnModdle({ duty: registerAttribute });
  return (await moddle.toXML(root, { format: true })).xml;
}

async function read(xml: string): Promise<unknown> {
  moddle ??= new DmnModdle({ duty: registerAttribute });
  try {
    const { rootElement, warnings } = await moddle.fromXML(xml, 'dmn:Definitions');
    const lost = warnings.find(({ message }) => !isForeign(message));
    if (lost) throw notDmn(`有读不懂的内容：${lost.message.replace(/\s+/g, ' ').slice(0, 160)}。`);
    return rootElement;
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    const line = /line: (\d+)/.exec(message)?.[1];
    throw notDmn(
      `${line === undefined ? '' : `第 ${Number(line) + 1} 行：`}不是合格的 DMN：标签没有写对或没有闭合。`,
    );
  }
}

/** Layout, requirement graphs and other vendors' extensions do not affect decisions. */
const isForeign = (message: string): boolean =>
  /unresolved reference|unknown attribute|dmndi:|biodi:|dc:|di:/.test(message) ||
  /unrecognized element <\w+:/.test(message);

function notDmn(detail: string, remedy = '请用 DMN 建模工具打开并重新保存为 UTF-8 的 .dmn 文件。'): Refusal {
  return new Refusal('definition.not-dmn', detail, { remedy });
}
