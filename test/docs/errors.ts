import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { packageRoot } from '../../src/kernel/package-root.js';
import { refusals, type RefusalCode } from '../../src/kernel/refusal.js';
import type { Page } from './page.js';

const intro = `系统拒绝一件事，总是说明错在哪里、怎么办，有条款的写依据。程序按代码分辨，不要按文字。拒绝的事没有做一半的：数据库里什么都没有改。

- **接口**:\`application/problem+json\`（RFC 9457），字段 \`code\`、\`title\`、\`status\`、\`detail\`（错在哪里）、\`where\`（位置）、\`remedy\`（怎么办）、\`provision\`（依据）、\`requestId\`（与响应头 \`X-Request-Id\` 相同）；\`type\` 指向运行中的程序自己的说明页，例如 \`/problems/task.closed\`。
- **命令行**：同样的内容写在标准错误上。退出码：命令写错是 2，其余是 1（\`trail verify\` 打不开、没有可以核验的是 3）。需要调用栈时设 \`HOTLINE_DEBUG=1\` 再执行一次。
- **批量输入**：坏行报行号和原因后跳过，其余照做，最后以 1 退出。

每个代码下面是程序各处拒绝时说的话和怎么办，\`…\` 处是当时的内容。`;

/** Of a code that is answered in more ways than these, the rest says itself where it appears. */
const most = 6;

interface Meaning {
  readonly status: number;
  readonly title: string;
  readonly when?: string;
}

export const errors: Page = {
  name: 'errors.md',
  title: '错误代码',
  source: '`src/kernel/refusal.ts` 和各处的拒绝',
  body: () => {
    const said = saidByCode();
    const parts = Object.entries<Meaning>(refusals).map(([code, { status, title, when }]) => {
      const all = [...new Set((said.get(code as RefusalCode) ?? []).map((texts) => texts.join('。')))];
      // Where a remedy is put together elsewhere, the place says it; the page shows those that say both.
      const whole = all.filter((text) => text.includes('。'));
      const shown = when === undefined ? whole.slice(0, most) : [when];
      const left = when === undefined ? all.length - shown.length : 0;
      const lines = [...shown, ...(left > 0 ? [`另有 ${left} 种情形`] : [])].map((line) => `- ${line}\n`);
      return `### \`${code}\` ${title}(${status})\n\n${lines.join('')}`;
    });
    return [intro, ...parts].join('\n\n');
  },
};

/** What the program says with each code, as its source has it. */
function saidByCode(): ReadonlyMap<RefusalCode, readonly (readonly string[])[]> {
  const said = new Map<RefusalCode, (readonly string[])[]>();
  for (const name of readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (!name.endsWith('.ts') || name === 'kernel/refusal.ts' || name.startsWith('web/')) continue;
    const text = readFileSync(join(packageRoot, 'src', name), 'utf8');
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteral(node) && node.text in refusals) {
        const code = node.text as RefusalCode;
        const texts = saidBeside(node);
        if (texts.length > 0) said.set(code, [...(said.get(code) ?? []), texts]);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  }
  return said;
}

/** The Chinese texts of the call, the list or the object that the code is part of: what is wrong, then what to do. */
function saidBeside(code: ts.StringLiteral): readonly string[] {
  let part: ts.Node = code.parent;
  if (ts.isPropertyAssignment(part)) part = part.parent;
  const texts = (ts.isCallExpression(part) || ts.isNewExpression(part) ? (part.arguments ?? []) : [part])
    .flatMap((one) => textsIn(one))
    .filter((text) => /\p{sc=Han}/u.test(text));
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').replace(/[。;]$/, ''));
}

/** Of an object only what it says itself: what a function in it says is of another call. */
function textsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [[node.head.text, ...node.templateSpans.map(({ literal }) => `…${literal.text}`)].join('')];
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap(textsIn);
  if (ts.isBinaryExpression(node)) return [[node.left, node.right].flatMap(textsIn).join('')];
  if (ts.isPropertyAssignment(node)) return textsIn(node.initializer);
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(textsIn);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(textsIn);
  return [];
}
