/** Finds the texts for people in a source file: contents of strings, templates, attributes, paragraphs. */
import { NodeTypes, type RootNode, type TemplateChildNode } from '@vue/compiler-core';
import { parse } from '@vue/compiler-sfc';
import ts from 'typescript';

export interface Text {
  /** Its place in the source. */
  readonly from: number;
  /** Character by character the source's, with blanks where code or another text stands. */
  readonly text: string;
}

const blank = (length: number): string => '\ufffc'.repeat(length);
const blanked = (text: string, from: number, to: number): string =>
  text.slice(0, from) + blank(to - from) + text.slice(to);

export function textsIn(ending: string, source: string): readonly Text[] {
  if (ending === '.ts' || ending === '.mjs') return inScript(source, 0);
  if (ending === '.py') return inPython(source);
  if (ending === '.vue') return inComponent(source);
  if (ending === '.json') return between(source, /"(?:[^"\\]|\\.)*"/g, 1);
  if (ending === '.md') return inMarkdown(source);
  if (ending === '.sql') return inQuotes(source, /--[^\n]*/g);
  if (ending === '.yaml') return inQuotes(source, /#[^\n]*/g);
  return inMarkup(source);
}

function inScript(source: string, offset: number): Text[] {
  const file = ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true);
  const found: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const [from, to] = [node.getStart(file) + 1, node.end - 1];
      found.push({ from: from + offset, text: source.slice(from, to) });
    } else if (ts.isTemplateExpression(node)) {
      const [from, to] = [node.getStart(file) + 1, node.end - 1];
      const text = node.templateSpans.reduce(
        (left, { expression: { pos, end } }) => blanked(left, pos - 2 - from, end + 1 - from),
        source.slice(from, to),
      );
      found.push({ from: from + offset, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function inComponent(source: string): Text[] {
  const { descriptor } = parse(source);
  const scripts = [descriptor.script, descriptor.scriptSetup].filter((one) => one !== null);
  const found = scripts.flatMap(({ content, loc }) => inScript(content, loc.start.offset));
  const { template } = descriptor;
  if (template?.ast) found.push(...inTemplate(template.ast));
  return found;
}

type Node = RootNode | TemplateChildNode;

function inTemplate(node: Node): Text[] {
  if (node.type === NodeTypes.INTERPOLATION) return inExpression(node.content.loc);
  if (node.type !== NodeTypes.ROOT && node.type !== NodeTypes.ELEMENT) return [];
  const own = node.type === NodeTypes.ELEMENT ? node.props : [];
  const attributes = own.flatMap((prop) => {
    if (prop.type === NodeTypes.DIRECTIVE) return prop.exp ? inExpression(prop.exp.loc) : [];
    return prop.value
      ? [{ from: prop.value.loc.start.offset + 1, text: prop.value.loc.source.slice(1, -1) }]
      : [];
  });
  return [...attributes, ...lineOf(node.children), ...node.children.flatMap(inTemplate)];
}

/** A line of texts and of what stands among them. */
function lineOf(children: readonly TemplateChildNode[]): Text[] {
  const [first, last] = [children[0], children.at(-1)];
  if (!first || !last) return [];
  const from = first.loc.start.offset;
  // The parser leaves out blanks between elements, so each text is put at its own place.
  const units = blank(last.loc.end.offset - from).split('');
  for (const { type, loc } of children) {
    if (type === NodeTypes.TEXT) units.splice(loc.start.offset - from, loc.source.length, ...loc.source);
  }
  return [{ from, text: units.join('') }];
}

function inExpression({
  start,
  source,
}: {
  readonly start: { readonly offset: number };
  readonly source: string;
}): Text[] {
  return inScript(`(${source})`, start.offset - 1);
}

function between(source: string, pattern: RegExp, quotes: number): Text[] {
  return [...source.matchAll(pattern)].map(({ 0: all, index }) => ({
    from: index + quotes,
    text: all.slice(quotes, all.length - quotes),
  }));
}

/** Strings in single quotes on one line, comments aside. */
const inQuotes = (source: string, comment: RegExp): Text[] =>
  between(
    source.replaceAll(comment, (own) => blank(own.length)),
    /'[^'\n]*'/g,
    1,
  );

function inPython(source: string): Text[] {
  return between(source, /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, 1).map(({ from, text }) => ({
    from,
    text: text.replaceAll(/\{[^{}]*\}/g, (put) => blank(put.length)),
  }));
}

function inMarkup(source: string): Text[] {
  const values = between(source, /(?<==)"[^"]*"|(?<==)'[^']*'/g, 1);
  return [...values, ...between(source, />[^<>]+</g, 1)];
}

/** Fenced code and code spans aside. */
function inMarkdown(source: string): Text[] {
  const text = source.replaceAll(/^(`{3,})[\s\S]*?^\1|`[^`\n]*`|\]\([^)\n]*\)|<[^>\n]*>/gm, (own) =>
    blank(own.length),
  );
  return [{ from: 0, text }];
}
