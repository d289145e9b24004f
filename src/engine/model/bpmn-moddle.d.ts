/** The part of `bpmn-moddle` 10 that we use; the package ships no types at its main entry. */
declare module 'bpmn-moddle' {
  export interface ModdleWarning {
    readonly message: string;
    readonly element?: { readonly $type: string; readonly id?: string };
    readonly property?: string;
    readonly value?: unknown;
  }

  export class BpmnModdle {
    constructor(packages?: { readonly [prefix: string]: unknown });
    /** Rejects with an error whose message names the place; `warnings` otherwise tells what was skipped. */
    fromXML(
      xml: string,
      type: string,
    ): Promise<{ readonly rootElement: unknown; readonly warnings: readonly ModdleWarning[] }>;
  }
}
