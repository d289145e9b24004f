/** Labels on elements, one kind at a time. They use words, not colour alone, and never interpret texts as markup. */
import { closedAround } from '../../../components/closed-sub-processes.js';
import { service, type Drawing } from '../modeler/services.js';

/** Kinds of labels with their colours, the most urgent first. */
const tones = {
  error: 'red',
  late: 'red',
  warning: 'yellow',
  removed: 'red',
  changed: 'supervision',
  added: 'good',
  token: 'brand',
  passed: 'brand',
} as const;
type Look = keyof typeof tones;
const looks = Object.keys(tones) as readonly Look[];

export interface Mark {
  readonly element: string;
  /** Empty: only the mark, without text. */
  readonly text: string;
  readonly title: string;
  readonly look: Look;
}

/** Beside the element, so that the context pad on its right stays free. */
const places = {
  finding: { top: -22, left: -6 },
  change: { bottom: 4, left: -18 },
  token: { top: -22, left: -6 },
  missed: { top: -22, left: -6 },
  path: { top: -22, left: -6 },
} as const;

/** Place on a closed sub-process for marks inside it. */
const within = { top: 4, right: 90 } as const;

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
  const put = (element: string, { look, text, title }: Mark, position: object, picked: Mark): void => {
    canvas.addMarker(element, `${kind}-${look}`);
    if (text === '') return;
    const html = document.createElement(onPick ? 'button' : 'span');
    html.className = `drawing-mark pill tone-${tones[look]} ${look}`;
    html.textContent = text;
    html.title = title;
    if (onPick) html.addEventListener('click', () => onPick(picked));
    overlays.add(element, kind, { position, html, scale: { min: 0.8 } });
  };
  const inside = new Map<string, Mark[]>();
  for (const one of marks) {
    const element = registry.get(one.element);
    if (!element || canvas.getRootElements().includes(element)) continue;
    put(one.element, one, places[kind], one);
    for (const { id } of closedAround(element, { canvas, elementRegistry: registry }))
      inside.set(id, [...(inside.get(id) ?? []), one]);
  }
  for (const [closed, own] of inside) {
    const worst = own.toSorted((one, other) => looks.indexOf(one.look) - looks.indexOf(other.look))[0];
    if (!worst) continue;
    const title = own.map((one) => one.title).join('\n');
    put(closed, { ...worst, text: `里面 ${own.length} 处`, title }, within, worst);
  }
}
