/** A page contains the law that its screens cite, as JSON in an element of its own. */
import { hotlineName, type Law } from '../../kernel/law.js';

export const lawElement = 'law';

/** Writes the law into a page, without what only the program computes with. */
export const withLaw = (html: string, whole: Law): string => {
  const { legalBases: _bases, limits: _limits, forbids: _forbids, claims: _claims, ...law } = whole;
  const json = JSON.stringify(law).replaceAll('<', '\\u003c');
  return html
    .replace('市民服务热线</title>', () => `${hotlineName(whole)}</title>`)
    .replace('</head>', () => `<script type="application/json" id="${lawElement}">${json}</script></head>`);
};
