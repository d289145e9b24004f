/** Sub-processes drawn closed: their content has a page of its own, which bpmn-js calls a root. */
interface Drawn {
  readonly id: string;
  readonly businessObject: { readonly id?: string; readonly $type: string };
}

interface Pages<Shape> {
  readonly canvas: { findRoot(element: Shape): Shape | undefined };
  readonly elementRegistry: { get(id: string): Shape | undefined };
}

/** The closed sub-processes that contain an element, the innermost first. */
export function closedAround<Shape extends Drawn>(
  element: Shape,
  pages: Pages<NoInfer<Shape>>,
): readonly Shape[] {
  const around: Shape[] = [];
  let closed = closedOf(pages.canvas.findRoot(element), pages);
  while (closed && !around.includes(closed)) {
    around.push(closed);
    closed = closedOf(pages.canvas.findRoot(closed), pages);
  }
  return around;
}

/** The closed sub-process of a page; undefined for the page of the process. */
export const closedOf = <Shape extends Drawn>(
  page: Shape | undefined,
  { elementRegistry }: Pages<NoInfer<Shape>>,
): Shape | undefined =>
  page?.businessObject.$type === 'bpmn:SubProcess'
    ? elementRegistry.get(page.businessObject.id ?? '')
    : undefined;
