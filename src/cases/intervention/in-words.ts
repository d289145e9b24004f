/** Describes in sentences, for the approver, what a proposal changes and what follows from it. */
import {
  armedIn,
  cancelledIn,
  enteredIn,
  isStep,
  processOf,
  withdrawnIn,
} from '../../accountability/events/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import type { CaseFile, DefinitionStore, DeployedDefinition } from '../../engine/index.js';
import type { Json } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { isOf, type Changeable } from './changeable.js';
import type { Outlook } from './intervene.js';
import type { Proposal } from './proposals.js';

type Names = (element: string) => string;

/** One sentence. @param variables of the case; a variable that the case no longer has appears by its name */
export async function whatItChanges(
  transaction: Transaction,
  definitions: DefinitionStore,
  { act, from, of = '', process, version }: Pick<Proposal, 'act' | 'from' | 'of' | 'process' | 'version'>,
  variables: readonly Changeable[],
): Promise<string> {
  if (act.kind === 'set') {
    const known = variables.find((one) => isOf(one, act));
    const label = known && known.label !== act.name ? `“${known.label}”（${act.name}）` : `“${act.name}”`;
    const before = from === undefined ? null : (JSON.parse(from) as Json);
    return `把变量${label}由${valueInWords(before, known)}改为${valueInWords(act.value, known)}`;
  }
  const deployed =
    process === undefined || version === undefined
      ? undefined
      : await definitions.named(transaction, process, version);
  const name: Names = deployed ? namesOf(deployed) : (id) => `“${id}”`;
  const where = `“${deployed?.name ?? process ?? ''}”流程停着的${name(of)}`;
  return act.kind === 'move' ? `把${where}移到${name(act.to)}` : `取消${where}`;
}

/** One sentence each: what the resulting entries say, and what is still stuck. */
export async function whatFollows(
  transaction: Transaction,
  definitions: DefinitionStore,
  { entries, after }: Outlook,
): Promise<readonly string[]> {
  const says: string[] = [];
  for (const entry of entries) {
    const of = processOf(entry);
    if (!of) continue;
    const deployed = await definitions.named(transaction, of.process, of.version);
    const name = namesOf(deployed);
    if (entry.type === 'incident.closed') {
      const what = entry.body.kind === 'condition' ? `“${deployed.name}”的条件` : name(entry.body.of);
      says.push(entry.body.how === 'went-on' ? `${what}走通` : `${what}不再需要`);
    }
    if (!isStep(entry)) continue;
    const listed = (words: string, elements: readonly string[]): void => {
      if (elements.length > 0) says.push(`${words}${elements.map(name).join('、')}`);
    };
    listed('中断', cancelledIn(entry));
    listed('停止计时：', withdrawnIn(entry));
    listed('走到', enteredIn(entry));
    for (const { element, due } of armedIn(entry))
      says.push(`开始计时：${name(element)}，${due === null ? '暂停着' : `${minute(new Date(due))} 届满`}`);
    if (entry.body.ended !== undefined)
      says.push(`“${deployed.name}”流程${entry.body.ended === 'cancelled' ? '撤销' : '结束'}`);
  }
  if (after.endedAt) says.push('工单随之关闭');
  return [...says, ...(await stillHeld(transaction, definitions, after))];
}

async function stillHeld(
  transaction: Transaction,
  definitions: DefinitionStore,
  { incidents }: CaseFile,
): Promise<readonly string[]> {
  const says: string[] = [];
  for (const { kind, process, version, of, where, why } of incidents.values()) {
    const deployed = await definitions.named(transaction, process, version);
    const name = namesOf(deployed);
    const what = kind === 'condition' ? `“${deployed.name}”的条件` : name(of);
    says.push(`${what}仍走不下去：${where === null ? why : why.replaceAll(` ${where} `, name(where))}`);
  }
  return says;
}

const namesOf =
  ({ annotations }: DeployedDefinition): Names =>
  (element) =>
    `“${annotations.element(element)?.name ?? element}”`;

/** The value as the screen shows it. */
function valueInWords(value: Json, known: Changeable | undefined): string {
  if (value === null) return '没有值';
  if (typeof value === 'boolean') return value ? '“是”' : '“否”';
  if (typeof value !== 'string') return ` ${JSON.stringify(value)} `;
  return `“${known?.field?.options.find((option) => option.value === value)?.label ?? value}”`;
}

/** To the minute, in Asia/Shanghai. */
const minute = (at: Date): string => toShanghaiIso(at).slice(0, 16).replace('T', ' ');
