import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { shippedCheckContext } from '../../design/checking/index.js';
import { checkSource, titleOfRule, type CheckReport, type Finding } from '../../design/compliance/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { Refusal, systemClock } from '../../kernel/index.js';
import { tableOf } from '../frame/table.js';
import { wrapped } from '../frame/wrapped.js';
import { wholeIn } from '../frame/whole-diagram.js';

export interface CheckOptions {
  readonly json?: boolean;
}

/** Checks whether diagrams may be published; prints findings and fixes. */
export async function check(files: readonly string[], { json }: CheckOptions): Promise<void> {
  const context = shippedCheckContext(civilDateOf(systemClock.now()));
  for (const file of files) {
    const source = await readDiagram(file);
    const report =
      typeof source === 'object' && 'rule' in source
        ? { publishable: false, findings: [source] }
        : await checkSource(source, context).catch(undecided);
    if (!report.publishable) process.exitCode = 1;
    process.stdout.write(json ? `${JSON.stringify({ file, ...report })}\n` : inWords(file, report));
  }
}

/** A fault of the program in one file; the other files are checked all the same. */
const undecided = (cause: unknown): CheckReport => ({
  publishable: false,
  findings: [
    {
      ...{ rule: 'well-formed', severity: 'error', element: '?', article: '—' },
      message: `这份文件核查不了：${cause instanceof Error ? cause.message : String(cause)}。`,
      fix: '这是程序的毛病，请把文件交给程序人员。',
    },
  ],
});

function inWords(file: string, { publishable, findings }: CheckReport): string {
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const verdict = publishable ? '可以发布' : '不能发布';
  const counts = findings.length === 0 ? '' : `（错误 ${count('error')} 处，警告 ${count('warning')} 处）`;
  const head = `${basename(file)}：${verdict}${counts}\n`;
  if (findings.length === 0) return head;
  const rows = findings.map(({ severity, rule, element, article, message, fix }) => [
    ...[severity === 'error' ? '错误' : '警告', titleOfRule(rule), element, article],
    wrapped(`${message}\n改法：${fix}`, 72),
  ]);
  return `${head}${tableOf(['级别', '规则', '环节', '条文', '毛病和改法'], rows)}\n`;
}

/** Reads one byte more than allowed, enough to detect a larger file. */
const enough = 5 * 1024 * 1024 + 1;

/** An unreadable file is a finding, not an error. */
async function readDiagram(path: string): Promise<Uint8Array | string | Finding> {
  try {
    const file = await open(path);
    try {
      const bytes = Buffer.alloc(enough);
      let length = 0;
      for (let read = -1; read !== 0 && length < enough; length += read) {
        read = (await file.read(bytes, length, enough - length, null)).bytesRead;
      }
      return wholeIn(bytes.subarray(0, length), path);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const unread = { rule: 'well-formed', severity: 'error', element: '?', article: '—' } as const;
    if (cause instanceof Refusal)
      return { ...unread, message: `${cause.message}。`, fix: cause.remedy ?? '改正以后再核查。' };
    const code = (cause as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT' ? '没有这个文件' : code === 'EISDIR' ? '它是目录' : `读不了（${code ?? '原因不明'}）`;
    return { ...unread, message: `文件 ${path}：${why}。`, fix: '核对路径和权限。' };
  }
}
