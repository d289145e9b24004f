/** Types of the bpmn-js services in use. */
import type Modeler from 'bpmn-js/lib/Modeler';
import type { BpmnElement } from '../../../../engine/model/bpmn-types.js';

/** An element of the moddle tree, mutable by commands. */
export interface Moddle extends BpmnElement {
  $parent?: Moddle;
  readonly $descriptor: { readonly properties: readonly { readonly name: string }[] };
  get<T = unknown>(property: string): T;
  set(property: string, value: unknown): void;
}

/** A shape or a connection on the canvas. */
export interface Drawn {
  readonly id: string;
  readonly type: string;
  readonly businessObject: Moddle;
  readonly parent?: Drawn;
  readonly labelTarget?: Drawn;
  readonly host?: Drawn;
  readonly source?: Drawn;
  readonly target?: Drawn;
  readonly children?: readonly Drawn[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly waypoints?: readonly { readonly x: number; readonly y: number }[];
}

export interface Services {
  readonly canvas: {
    /** Pages: the process, and each closed sub-process. */
    getRootElement(): Drawn;
    getRootElements(): Drawn[];
    setRootElement(root: Drawn): void;
    findRoot(element: Drawn | string): Drawn | undefined;
    addMarker(element: string, marker: string): void;
    removeMarker(element: string, marker: string): void;
    zoom(how?: 'fit-viewport' | number, centre?: 'auto'): number;
    viewbox(box?: { x: number; y: number; width: number; height: number }): {
      readonly x: number;
      readonly y: number;
      readonly scale: number;
      readonly inner: { x: number; y: number; width: number; height: number };
      readonly outer: { width: number; height: number };
    };
    scrollToElement(element: Drawn, padding?: number): void;
    scroll(delta: { dx: number; dy: number }): void;
    resized(): void;
    focus(): void;
  };
  readonly elementRegistry: {
    get(id: string): Drawn | undefined;
    getGraphics(element: Drawn): SVGElement;
    getAll(): Drawn[];
    filter(test: (element: Drawn) => boolean): Drawn[];
  };
  readonly selection: { get(): Drawn[]; select(elements: Drawn | Drawn[] | null): void };
  readonly commandStack: {
    execute(command: string, context: object): void;
    registerHandler(command: string, handler: unknown): void;
    canUndo(): boolean;
    canRedo(): boolean;
    undo(): void;
    redo(): void;
  };
  readonly modeling: {
    removeElements(elements: Drawn[]): void;
    connect(source: Drawn, target: Drawn): unknown;
  };
  readonly moddle: {
    create(type: string, properties?: object): Moddle;
    ids: { nextPrefixed(prefix: string, of: Moddle): string };
  };
  readonly bpmnFactory: { create(type: string, properties?: object): Moddle };
  readonly elementFactory: { createShape(attributes: object): Drawn };
  readonly autoPlace: { append(source: Drawn, shape: Drawn): Drawn };
  readonly rules: { allowed(action: string, context: object): unknown };
  readonly overlays: {
    add(
      element: string,
      kind: string,
      overlay: { position: object; html: HTMLElement; scale?: object },
    ): string;
    remove(filter: { type: string }): void;
  };
  readonly minimap: { toggle(open?: boolean): void; isOpen(): boolean };
  readonly alignElements: { trigger(elements: Drawn[], how: string): void };
  readonly distributeElements: { trigger(elements: Drawn[], how: 'horizontal' | 'vertical'): void };
  readonly copyPaste: {
    /** @returns the pasted elements; undefined if nothing was copied */
    paste(where: { element: Drawn; point: { x: number; y: number } }): Drawn[] | undefined;
  };
  readonly editorActions: { trigger(action: string, options?: object): unknown };
  readonly eventBus: {
    on(events: string | string[], listener: (event: never) => unknown): void;
    on(events: string | string[], priority: number, listener: (event: never) => unknown): void;
    off(events: string | string[], listener: (event: never) => unknown): void;
  };
  readonly contextPad: {
    open(element: Drawn, force?: boolean): void;
    close(): void;
    getEntries(element: Drawn): object;
  };
}

export type Drawing = Pick<
  Modeler,
  'saveXML' | 'saveSVG' | 'importXML' | 'destroy' | 'get' | 'getDefinitions'
>;

/** The drawn process, whichever page is open. */
export const processOf = (drawing: Drawing): Drawn | undefined =>
  service(drawing, 'canvas')
    .getRootElements()
    .find(({ businessObject }) => businessObject.$type !== 'bpmn:SubProcess');

export const service = <Name extends keyof Services>(drawing: Drawing, name: Name): Services[Name] =>
  drawing.get<Services[Name]>(name);
