/** Labels on elements, one kind at a time: words, not colour alone; texts are never markup. */
import { service, type Drawing } from '../modeler/services.js';

const looks = ['error', 'warning', 'changed', 'added', 'removed', 'token', 'late'] as const;

export interface Mark {
  readonly element: string;
  readonly text: string;
  readonly title: string;
  readonly look: (typeof looks)[number];
}

/** Beside the element, clear of the context pad at its right. */
const places = {
  finding: { top: -22, left: -6 },
  change: { bottom: 4, left: -18 },
  token: { top: -22, left: -6 },
} as const;

/** Replaces the labels of this kind. */
export function mark(
  drawing: Drawing,
  kind: keyof typeof places,
  marks: readonly Mark[],
  onPick?: (mark: Mark) => void,
): void {
  const [registry, canvas, overlays] = [
    service(drawing, 'elementRegistry'),
    service(drawing, 'canvas'),
    service(drawing, 'overlays'),
  ];
  overlays.remove({ type: kind });
  for (const { id } of registry.getAll()) {
    for (const look of looks) canvas.removeMarker(id, `${kind}-${look}`);
  }
  for (const one of marks) {
    const element = registry.get(one.element);
    if (!element || element === canvas.getRootElement()) continue;
    canvas.addMarker(one.element, `${kind}-${one.look}`);
    const html = document.createElement(onPick ? 'button' : 'span');
    html.className = `drawing-mark ${one.look}`;
    html.textContent = one.text;
    html.title = one.title;
    if (onPick) html.addEventListener('click', () => onPick(one));
    overlays.add(one.element, kind, { position: places[kind], html, scale: { min: 0.8 } });
  }
}
