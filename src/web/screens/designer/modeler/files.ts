/** The drawing as a file or on paper: BPMN 2.0 XML, and the open page as SVG. */
import { closedOf } from '../../../components/closed-sub-processes.js';
import { titleOf } from './kind.js';
import { processOf, service, type Drawing } from './services.js';

export async function downloadDiagram(drawing: Drawing): Promise<void> {
  const { xml } = await drawing.saveXML({ format: true });
  const name = processOf(drawing)?.businessObject.id ?? 'process';
  if (xml !== undefined) download(`${name}.bpmn`, xml, 'application/xml');
}

export async function downloadPicture(drawing: Drawing): Promise<void> {
  const { svg } = await drawing.saveSVG();
  download(`${pageOf(drawing)}.svg`, svg, 'image/svg+xml');
}

/** Prints the open page, as large as landscape A4 allows. */
export async function printPicture(drawing: Drawing): Promise<void> {
  const { svg } = await drawing.saveSVG();
  const sheet = document.createElement('div');
  sheet.className = 'printed-drawing';
  const title = document.createElement('h1');
  title.textContent = pageOf(drawing);
  const picture = new Image();
  picture.alt = title.textContent;
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  sheet.append(title, picture);
  document.body.append(sheet);
  await picture.decode();
  print();
  sheet.remove();
}

function pageOf(drawing: Drawing): string {
  const [canvas, elementRegistry] = [service(drawing, 'canvas'), service(drawing, 'elementRegistry')];
  const process = processOf(drawing);
  const closed = closedOf(canvas.getRootElement(), { canvas, elementRegistry });
  return [process, closed].flatMap((one) => (one ? titleOf(one.businessObject) : [])).join('·');
}

function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
