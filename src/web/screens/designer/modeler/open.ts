/** bpmn-js configured with our vocabulary, translations and element types. */
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import Modeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import minimap from 'diagram-js-minimap';
import { readable } from '../../../components/diagram-view.js';
import { dutyDescriptor } from '../../../../engine/model/descriptor.js';
import { batches } from './batch.js';
import { exits } from './exits.js';
import { fitting } from './fitting.js';
import { offered } from './offered.js';
import { twins } from './copied-tasks.js';
import { service, type Drawing } from './services.js';
import { translate } from './words.js';

const chinese = { translate: ['value', translate] };

export function openDrawing(container: HTMLElement, mayEdit: boolean): Drawing {
  const shared = { container, moddleExtensions: { duty: dutyDescriptor } };
  return mayEdit
    ? new Modeler({
        ...shared,
        additionalModules: [chinese, minimap, offered, batches, exits, fitting, twins],
      })
    : new NavigatedViewer({ ...shared, additionalModules: [chinese, minimap] });
}

/** Width covered by the palette. */
const besidePalette = 72;
const beside = 16;

/** Zooms to the whole diagram, clear of the palette. */
export function fit(drawing: Drawing, hasPalette: boolean): void {
  const canvas = service(drawing, 'canvas');
  const left = hasPalette ? besidePalette : beside;
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(
    (outer.width - left - beside) / inner.width,
    (outer.height - 2 * beside) / inner.height,
    1,
  );
  const above = Math.max(beside, (outer.height - inner.height * scale) / 2);
  look(drawing, { x: inner.x - left / scale, y: inner.y - above / scale }, scale);
}

/** Like `fit`, but stays legible: then only the diagram's beginning is visible. */
export function begin(drawing: Drawing, hasPalette: boolean): void {
  fit(drawing, hasPalette);
  const canvas = service(drawing, 'canvas');
  const { scale, inner, outer } = canvas.viewbox();
  if (scale >= readable) return;
  const left = hasPalette ? besidePalette : beside;
  const root = canvas.getRootElement();
  const start = service(drawing, 'elementRegistry').filter(
    ({ type, parent, labelTarget }) => type === 'bpmn:StartEvent' && parent === root && !labelTarget,
  )[0];
  const height = outer.height / readable;
  const y = (start ? start.y + start.height / 2 : inner.y + inner.height / 2) - height / 2;
  const top = Math.max(
    inner.y - beside / readable,
    Math.min(y, inner.y + inner.height - height + beside / readable),
  );
  look(drawing, { x: inner.x - left / readable, y: top }, readable);
}

function look(drawing: Drawing, from: { x: number; y: number }, scale: number): void {
  const canvas = service(drawing, 'canvas');
  const { outer } = canvas.viewbox();
  canvas.viewbox({ ...from, width: outer.width / scale, height: outer.height / scale });
}
