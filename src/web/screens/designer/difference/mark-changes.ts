/** The changed elements marked in the drawing, each with its sentences. */
import type { Change } from '../../../../compliance/index.js';
import { mark } from '../findings/marks.js';
import type { Drawing } from '../modeler/services.js';

export function markChanges(drawing: Drawing, changes: readonly Change[]): void {
  const semantic = changes.filter(({ kind }) => kind === 'semantic');
  mark(
    drawing,
    'change',
    [...new Set(semantic.map(({ element }) => element))].map((element) => ({
      element,
      text: '改',
      title: changes
        .filter((change) => change.element === element)
        .map(({ sentence }) => sentence)
        .join('\n'),
      look: 'changed',
    })),
  );
}
