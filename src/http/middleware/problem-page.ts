/** A refusal as a page, for a person who opened the URL directly or through a link. */
import { basePath } from '../../kernel/index.js';
import type { Problem } from '../contract/problem.js';

export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export function problemPage({ title, detail, provision, remedy, requestId }: Problem): string {
  const lines = [
    detail,
    ...(provision === undefined ? [] : [`依据：${provision}`]),
    ...(remedy === undefined ? [] : [`办法：${remedy}`]),
    `请求编号：${requestId}`,
  ];
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<link rel="icon" href="${basePath()}/favicon.svg"><link rel="stylesheet" href="${basePath()}/problem.css"></head>
<body><main><h1>${escaped(title)}</h1>
${lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
<p><a href="${basePath()}/">首页</a></p></main></body>
</html>
`;
}
