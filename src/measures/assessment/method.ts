/**
 * The assessment method (考核办法) as data: an approved document with a version. Indicators are FEEL formulas
 * over the fixed measures; rates and scores are hundredths of a percent (0 to 10,000), so that every figure is an
 * integer and is the same everywhere.
 */
import { z } from 'zod';
import { feel } from '../../engine/index.js';
import { isJsonObject, Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import { line, measureKeys, methodContentSchema, type MethodContent } from './model/index.js';
import { lawOf, methodNeedsApproval, type Law } from '../../kernel/law.js';

/** Building a schema costs ten times its use. */
const schemas = new WeakMap<Law, ReturnType<typeof methodSchema>>();

/** The method in the form that a run receives. */
const methodSchema = (law: Law) =>
  methodContentSchema(law).extend({
    version: line(60),
    approvedBy: z.string().nullable(),
    approvedOn: z.string().nullable(),
  });

export type Method = z.output<ReturnType<typeof methodSchema>>;

/** Undefined if it is not a complete method. */
export function methodOf(value: Json | undefined, law: Law): Method | undefined {
  const schema = schemas.get(law) ?? methodSchema(law);
  schemas.set(law, schema);
  const result = schema.safeParse(value);
  return result.success && findingsIn(result.data, law).length === 0 ? result.data : undefined;
}

/**
 * Where the regulation requires the city government's approval, its document is needed; elsewhere
 * the hotline body's own decision suffices.
 */
export const isApproved = (method: Method, law: Law): boolean =>
  !methodNeedsApproval(law) || Boolean(method.approvedBy && method.approvedOn);

/** @throws {Refusal} `assessment.invalid`, listing all faults */
export function checkMethod(content: MethodContent, law: Law): void {
  const findings = findingsIn(content, law);
  if (findings.length === 0) return;
  throw new Refusal('assessment.invalid', `考核办法有误：${findings.join('；')}`, {
    where: 'method',
    provision: lawOf('assessment-method', law),
    remedy: '按所列各处修改；各个量的定义见“考核办法”一页',
  });
}

/** Formulas have no `now()`; the instant is irrelevant. */
const anyTime = new Date(0);

function findingsIn(content: MethodContent, law: Law): string[] {
  const { indicators, groups, poor } = content;
  const findings: string[] = [];
  const known = measureKeys(law);
  const weights = indicators.reduce((sum, { weight }) => sum + weight, 0);
  if (weights !== 100) findings.push(`各指标权重之和是 ${weights}，应当是 100`);
  findings.push(...repeated(indicators, '指标'), ...repeated(groups, '分组'));
  for (const name of [...known, 'score']) {
    if (indicators.some((one) => one.key === name) && name === 'score') findings.push('指标不能叫 score');
  }
  const trial = Object.fromEntries(known.map((name) => [name, { met: 1, of: 2 }]));
  for (const { key: name, label, formula } of indicators) {
    const value = valueOf(formula, trial);
    if (typeof value === 'string') findings.push(`指标 ${name}（${label}）：${value}`);
    else if (typeof value !== 'number' || value < 0 || value > 1) {
      findings.push(
        `指标 ${name}（${label}）的公式算不出 0 到 1 之间的数：只能用 ${known.join('、')} 的 met 和 of`,
      );
    }
  }
  const rates = Object.fromEntries([['score', 5000], ...indicators.map((one) => [one.key, 5000] as const)]);
  const verdict = valueOf(poor, rates);
  if (typeof verdict === 'string') findings.push(`“考核差”的条件：${verdict}`);
  else if (typeof verdict !== 'boolean')
    findings.push('“考核差”的条件答不出是或者否：只能用 score 和指标的代号');
  const claimed = groups.flatMap(({ unitKinds, units }) => [...unitKinds, ...units]);
  const twice = claimed.find((name, index) => claimed.indexOf(name) !== index);
  if (twice !== undefined) findings.push(`“${twice}”属于两个分组`);
  return findings;
}

function repeated(items: readonly { readonly key: string }[], what: string): string[] {
  const twice = items.find(({ key: name }, index) => items.findIndex((one) => one.key === name) !== index);
  return twice ? [`${what} ${twice.key} 写了两次`] : [];
}

/** The formula's value, or a sentence if the formula cannot be parsed. */
function valueOf(formula: string, variables: JsonObject): Json {
  try {
    const value = feel(formula).value(variables, anyTime);
    return typeof value === 'string' || Array.isArray(value) || isJsonObject(value) ? null : value;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** @returns null without data */
export function evaluate(formula: string, variables: JsonObject): number | boolean | null {
  const value = feel(formula).value(variables, anyTime);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
