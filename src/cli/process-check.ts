/** `hotline process check FILE…`: whether diagrams may be published; findings and fixes. */
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { CheckReport, Finding } from '../design/compliance/index.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { wrapped } from './wrapped.js';

export function register(program: Command): void {
  group(program, 'process', '流程')
    .command('check')
    .description('核查流程图能否发布:结构、条文、期限、升级、分离、凭据(docs/checks.md)')
    .argument('<文件...>', 'BPMN 2.0 流程图')
    .option('--json', '每个文件输出一行 JSON')
    .action((files: string[], options: { readonly json?: boolean }) => guarded(() => run(files, options)));
}

async function run(files: readonly string[], { json }: { readonly json?: boolean }): Promise<void> {
  const [{ shippedCheckContext }, { checkSource }, { readDiagram }, { civilDateOf }, { systemClock }] =
    await Promise.all([
      import('../design/checking/index.js'),
      import('../design/compliance/index.js'),
      import('./diagram-file.js'),
      import('../kernel/civil-date.js'),
      import('../kernel/index.js'),
    ]);
  const context = shippedCheckContext(civilDateOf(systemClock.now()));
  for (const file of files) {
    const source = await readDiagram(file);
    const report =
      'rule' in source
        ? { publishable: false, findings: [source] }
        : await checkSource(source, context).catch(undecided);
    if (!report.publishable) process.exitCode = 1;
    process.stdout.write(json ? `${JSON.stringify({ file, ...report })}\n` : await inWords(file, report));
  }
}

/** A fault of ours in one file: the others are answered all the same. */
const undecided = (cause: unknown): CheckReport => ({
  publishable: false,
  findings: [
    {
      ...{ rule: 'well-formed', severity: 'error', element: '?', article: '—' },
      message: `这份文件核查不了:${cause instanceof Error ? cause.message : String(cause)}。`,
      fix: '这是程序的毛病,请把文件交给程序人员。',
    },
  ],
});

async function inWords(file: string, { publishable, findings }: CheckReport): Promise<string> {
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const verdict = publishable ? '可以发布' : '不能发布';
  const counts = findings.length === 0 ? '' : `(错误 ${count('error')} 处,警告 ${count('warning')} 处)`;
  const head = `${basename(file)}:${verdict}${counts}\n`;
  return findings.length === 0 ? head : `${head}${await tableOf(findings)}\n`;
}

async function tableOf(findings: readonly Finding[]): Promise<string> {
  const [{ default: Table }, { titleOfRule }] = await Promise.all([
    import('cli-table3'),
    import('../design/compliance/index.js'),
  ]);
  const table = new Table({
    head: ['级别', '规则', '环节', '条文', '毛病和改法'],
    style: { head: [], border: [] },
  });
  for (const { severity, rule, element, article, message, fix } of findings) {
    const level = severity === 'error' ? '错误' : '警告';
    const told = wrapped(`${message}\n改法:${fix}`, 72);
    table.push([level, titleOfRule(rule), element, article, told]);
  }
  return table.toString();
}
