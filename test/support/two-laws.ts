import { timerLevels } from '../../src/cases/index.js';
import {
  applyEdits,
  catalogueOf,
  shippedLaw,
  type Catalogue,
  type Edit,
} from '../../src/law/regulation/index.js';
import { shippedContents } from '../../src/law/regulation/shipped.js';
import { shippedDiagrams } from './shipped-diagrams.js';

/** The shipped law, and a copy with another reply limit. */
export function twoLaws(workingDays: number): { readonly before: Catalogue; readonly after: Catalogue } {
  const [content] = shippedContents();
  const edits = ['J27', 'J27b', 'J28', 'J29', 'J30', 'J31'].map((norm): Edit => ({
    edit: 'norm',
    norm,
    set: { limit: { days: workingDays, of: 'working' } },
  }));
  const next = { inForceFrom: '2027-01-01', version: '2027', source: '示例' };
  return {
    before: catalogueOf(content),
    after: applyEdits(content, edits, next, shippedLaw('2026-03-02')).catalogue,
  };
}

/** The level that each timer of the shipped diagrams leads to. */
export const shippedLevels = () => timerLevels(shippedDiagrams());
