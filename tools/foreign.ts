/**
 * `npx tsx tools/foreign.ts FOLDER…`: how many of other vendors' diagrams the engine would deploy,
 * and what prevents the others. Vendor-specific parts are ignored: handlers, scripts, expressions
 * in their own language, collections.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { definitionOf, lintDefinition, parseDiagram, processIds } from '../src/engine/model/index.js';
import { Refusal } from '../src/kernel/index.js';

const vendors = new Set([
  ...['handler-missing', 'handler-unknown', 'expression-language', 'expression-invalid', 'expression-empty'],
  ...['loop-unmeasured', 'loop-endless', 'mapping-foreign'],
]);
/** Faults in the vendor's own namespace: a script, its expressions, events of its registry, a call of a case. */
const isVendors = ({ rule, message }: { rule: string; message: string }, xml: string): boolean =>
  vendors.has(rule) ||
  message.includes('脚本任务') ||
  /[$#]\{/.test(message) ||
  (message.includes('的类型（none）') && xml.includes('flowable:eventType')) ||
  (rule === 'called-missing' && /camunda:caseRef|activiti:caseRef/.test(xml));

/** The rules that prevent deployment; empty if there are none. */
async function hindrances(bytes: Uint8Array): Promise<readonly string[]> {
  try {
    const diagram = await parseDiagram(bytes);
    const found = processIds(diagram).flatMap((processId) =>
      processId === ''
        ? [{ rule: 'process-without-id', element: '?', message: '' }]
        : lintDefinition(definitionOf(diagram, { processId }), { names: () => [] }),
    );
    return [...new Set(found.filter((one) => !isVendors(one, diagram.xml)).map(({ rule }) => rule))];
  } catch (cause) {
    return [
      cause instanceof Refusal ? `unreadable: ${cause.message.replace(/^[^:]*:/, '').slice(0, 24)}` : 'fault',
    ];
  }
}

const filesIn = (path: string): string[] =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesIn(join(path, name))) : [path];

for (const folder of process.argv.slice(2)) {
  const sole = new Map<string, string[]>();
  let deployable = 0;
  const files = filesIn(folder).filter((file) => /\.(bpmn2?|xml)$/i.test(file));
  for (const file of files) {
    const [first, second] = await hindrances(readFileSync(file));
    if (first === undefined) deployable += 1;
    else {
      const key = second === undefined ? first : 'several';
      sole.set(key, [...(sole.get(key) ?? []), basename(file)]);
    }
  }
  const share = ((100 * deployable) / files.length).toFixed(1);
  process.stdout.write(`${basename(folder)}: ${deployable} of ${files.length} (${share} %)\n`);
  for (const [rule, at] of [...sole].sort(([, a], [, b]) => b.length - a.length).slice(0, 25)) {
    process.stdout.write(`  ${String(at.length).padStart(4)} ${rule} (${at.slice(0, 3).join(', ')})\n`);
  }
}
