/** Parses another program's file, and moves its process or decision to a key of ours. */

/** Undefined if it is no XML, or has another root element. */
export function definitionsIn(text: string, isOurs: (namespace: string) => boolean): Document | undefined {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  const root = document.documentElement;
  const isRead = document.querySelector('parsererror') === null && root.localName === 'definitions';
  return isRead && isOurs(root.namespaceURI ?? '') ? document : undefined;
}

/** Attributes that refer to an element; texts that look like an id stay unchanged. */
const naming = ['id', 'bpmnElement', 'dmnElementRef', 'processRef', 'calledElement', 'href'];

/** An element of this id exists. */
export const hasId = (document: Document, id: string): boolean =>
  [...document.getElementsByTagName('*')].some((one) => one.getAttribute('id') === id);

export function renamed(document: Document, from: string, to: string): string {
  if (from !== to) {
    for (const element of document.getElementsByTagName('*')) {
      for (const name of naming) {
        const value = element.getAttribute(name);
        if (value === from) element.setAttribute(name, to);
        else if (value === `#${from}`) element.setAttribute(name, `#${to}`);
      }
    }
  }
  return new XMLSerializer().serializeToString(document);
}

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
