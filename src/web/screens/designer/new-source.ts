/** The initial text of a new process or table: an empty one, or another program's file under the new key. */
import { asDmn13, isDecisionXml, parseDecision } from '../../../engine/model/decision/read.js';
import { emptyDiagram, givenProcess, underKey } from './modeler/given-file.js';
import { emptyTable, tableUnder } from './tables/table-file.js';

type Kind = 'process' | 'decision';
type Wrong = { readonly wrong: string };

/** Bytes; none of our files comes near it. */
const largest = 4_000_000;

/** The file's text, with its own key and name; or why it cannot be used. */
export async function lookInto(
  chosen: File,
  kind: Kind,
): Promise<{ readonly text: string; readonly key: string; readonly name: string } | Wrong> {
  if (chosen.size > largest) return { wrong: '文件超过 4 MB，没有读入' };
  const text = await chosen.text();
  if (kind === 'process') {
    if (isDecisionXml(text)) return { wrong: '这是决策表。请关掉这里，点“新的决策表”读入' };
    const { wrong, key, name } = givenProcess(text);
    return wrong === '' ? { text, key, name } : { wrong };
  }
  try {
    const { key, name } = await parseDecision(asDmn13(text));
    return { text, key, name };
  } catch (cause) {
    return { wrong: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** @param given.text text of an inspected file; empty if there is none */
export async function sourceFor(
  kind: Kind,
  { key, name, text }: { readonly key: string; readonly name: string; readonly text: string | undefined },
): Promise<{ readonly source: string } | Wrong> {
  if (kind === 'process')
    return text === undefined ? { source: emptyDiagram(key, name) } : underKey(text, key, name);
  return { source: text === undefined ? emptyTable(key, name) : await tableUnder(text, key) };
}
