/** Marks changed elements with their sentences; added and removed ones only in the drawing that contains them. */
import type { Change } from '../../../../design/compliance/index.js';
import { mark } from '../findings/marks.js';
import type { Drawing } from '../modeler/services.js';

const words = { changed: '改', added: '增', removed: '删' } as const;

export function markChanges(drawing: Drawing, changes: readonly Change[]): void {
  const semantic = changes.filter(({ kind }) => kind === 'semantic');
  mark(
    drawing,
    'change',
    [...new Set(semantic.map(({ element }) => element))].map((element) => {
      const own = changes.filter((change) => change.element === element);
      const look = lookOf(own);
      return { element, text: words[look], title: own.map(({ sentence }) => sentence).join('\n'), look };
    }),
  );
}

function lookOf(changes: readonly Change[]): keyof typeof words {
  const whole = changes.find(({ property }) => property === 'element');
  if (!whole) return 'changed';
  return whole.before === null ? 'added' : 'removed';
}
