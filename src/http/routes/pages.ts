/** Pages: the console, the API documentation, one page per problem type. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import express, { type Application, type RequestHandler, type Response } from 'express';
import { escaped } from '../middleware/problem-page.js';
import { basePath, Refusal, refusals } from '../../kernel/index.js';
import type { Law, Laws } from '../../kernel/law.js';
import { assetOf, assets, packageRoot } from '../../kernel/package-root.js';
import { withLaw } from '../contract/law-of-page.js';

export function servePages(app: Application, laws: Laws): void {
  const page = join(packageRoot, 'src', 'http', 'page');
  const console = join(packageRoot, 'dist', 'web');
  app.get('/docs', (_request, response) => response.sendFile('docs.html', { root: page }));
  for (const file of [assets.viewer, assets.viewerStyle].map(assetOf)) {
    app.get(`/docs/${basename(file)}`, (_request, response) => response.sendFile(file));
  }
  app.get('/problems/:code', (request, response) =>
    response.type('html').send(problemPage(request.params.code)),
  );
  // People save and open this page without the program; served as a page its script would not run.
  app.get('/verify.html', (_request, response) =>
    response.download('verify.html', '核验审计包.html', { root: join(packageRoot, 'dist', 'verifier') }),
  );
  app.use(express.static(page, { index: false }));
  // File names contain the digest of their content.
  app.use(
    '/assets',
    express.static(join(console, 'assets'), { immutable: true, maxAge: '1y', setHeaders: bare }),
  );
  const files = express.static(console, {
    setHeaders: (response) => response.set('Cache-Control', 'no-cache'),
  });
  // Prevents serving the built documents without the law.
  app.use((request, response, next) =>
    request.path.endsWith('.html') || request.path === '/' ? next() : files(request, response, next),
  );
  app.get(
    ['/query', '/query/new', '/query/answers', '/query/receipt'],
    documentOf(join(console, 'caller.html'), laws, withoutOffice),
  );
  app.use(consoleScreens(console, laws));
}

/** Headers only for documents; a page loads some thirty scripts and styles, which need not carry them. */
const ofDocuments = [
  'Content-Security-Policy',
  'Cross-Origin-Opener-Policy',
  'Origin-Agent-Cluster',
  'Referrer-Policy',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Frame-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-XSS-Protection',
];

/** Worker scripts have a policy of their own. */
function bare(response: Response, path: string): void {
  if (path.includes('worker')) return;
  for (const name of ofDocuments) response.removeHeader(name);
}

/**
 * The page is built for one city at the root. Below a base path its files are there, and its
 * scripts read the base path and city from it.
 */
function belowOurs(page: string): string {
  const told = { 'base-path': basePath(), city: process.env['HOTLINE_CITY_NAME']?.trim() ?? '' };
  const metas = Object.entries(told)
    .filter(([, content]) => content !== '')
    .map(([name, content]) => `<meta name="${name}" content="${escaped(content)}" />`);
  return page
    .replaceAll(/ (href|src)="\//g, ` $1="${told['base-path']}/`)
    .replace('</head>', () => `${metas.join('')}</head>`);
}

/** The law as callers' pages cite it: without what only the office counts, orders and performs. */
const withoutOffice = (law: Law): Law => ({
  ...law,
  ...{ measures: {}, norms: {}, supervision: { orders: [], grounds: [] }, levels: [] },
  ...{ unitKinds: [], roles: [], duties: [], messages: [] },
  intake: { waysOut: [], bases: [], procedures: [] },
  purposes: Object.fromEntries(Object.entries(law.purposes).filter(([purpose]) => !ofOffice.test(purpose))),
});

const ofOffice = /^(assessment|circular|investigation|not-handled|poor-results|supervision|typical-cases)/;

/**
 * The document names its scripts by digest and contains the law of the day, so browsers ask for it each time.
 *
 * @param told the part of the law that the document contains
 */
function documentOf(file: string, laws: Laws, told: (law: Law) => Law): RequestHandler {
  let built: string | undefined;
  let page: { readonly law: Law; readonly text: string } | undefined;
  return async (_request, response, next) => {
    // Missing if the console has not been built.
    built ??= await readFile(file, 'utf8').then(belowOurs, () => undefined);
    if (built === undefined) return next();
    const law = laws.today();
    if (page?.law !== law) page = { law, text: withLaw(built, told(law)) };
    response.set('Cache-Control', 'no-cache').type('html').send(page.text);
  };
}

/**
 * Serves the same document for all console routes, not for other requests (files, the API). A
 * monitor that checks `/` need not ask for HTML.
 */
function consoleScreens(root: string, laws: Laws): RequestHandler {
  const serve = documentOf(join(root, 'index.html'), laws, (law) => law);
  return (request, response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const wanted = reads && (request.path === '/' || (request.headers.accept ?? '').includes('text/html'));
    if (!wanted || /^\/api(\/|$)|\.[^/]*$/.test(request.path)) return next();
    return serve(request, response, next);
  };
}

/** @throws {Refusal} `route.not-found` for an unknown code */
function problemPage(code: string): string {
  const known = Object.entries(refusals).find(([name]) => name === code);
  if (!known) throw new Refusal('route.not-found', '没有这个错误代码', { remedy: '错误代码见各响应的 code' });
  const [, { status, title }] = known;
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<link rel="icon" href="${basePath()}/favicon.svg"><link rel="stylesheet" href="${basePath()}/problem.css"></head>
<body><main><h1>${title}</h1>
<p>错误代码 <code>${code}</code>,HTTP 状态 ${status}。</p>
<p>响应的 detail 说明错在哪里，remedy 说明怎么办，provision 是所依的条款；向系统管理员报告时请附上 requestId。</p>
<p><a href="${basePath()}/docs">接口说明</a> · <a href="${basePath()}/">首页</a></p></main></body>
</html>
`;
}
