/** XML as a tree: names and attributes as written, white space kept, so that printing gives back what was read. */
import sax from 'sax';
import { xmlText } from './xml-text.js';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  children: XmlNode[];
}

export type XmlNode = XmlElement | string;

export const isElement = (node: XmlNode): node is XmlElement => typeof node !== 'string';

/** @throws {Error} with line and column if the text is not well-formed */
export function treeOf(text: string): XmlElement {
  const document: XmlElement = { name: '', attributes: {}, children: [] };
  const open = [document];
  const into = (node: XmlNode): void => void open.at(-1)?.children.push(node);
  const parser = sax.parser(true, { trim: false, position: true, strictEntities: true });
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: textsOf(attributes), children: [] };
    into(element);
    open.push(element);
  };
  parser.onclosetag = () => void open.pop();
  parser.ontext = into;
  parser.oncdata = into;
  parser.write(text).close();
  const root = document.children.find(isElement);
  if (!root) throw new Error('no element');
  return root;
}

const textsOf = (attributes: { readonly [name: string]: string | undefined }): Record<string, string> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value ?? '']));

export const printed = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${nodeText(root)}\n`;

function nodeText(node: XmlNode): string {
  if (!isElement(node)) return escaped(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${xmlText(value)}"`);
  const tag = `${node.name}${attributes.join('')}`;
  return node.children.length === 0
    ? `<${tag}/>`
    : `<${tag}>${node.children.map(nodeText).join('')}</${node.name}>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The element and all below it. */
export function* below(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) if (isElement(child)) yield* below(child);
}

/** Leaves out the children that the test refuses, each with the white space before it. */
export function keep(element: XmlElement, isKept: (child: XmlElement) => boolean): void {
  const kept: XmlNode[] = [];
  for (const child of element.children) {
    if (!isElement(child) || isKept(child)) kept.push(child);
    else if (typeof kept.at(-1) === 'string') kept.pop();
  }
  element.children = kept.every((child) => !isElement(child) && child.trim() === '') ? [] : kept;
}
