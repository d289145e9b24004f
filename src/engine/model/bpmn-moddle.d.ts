/** The part of `bpmn-moddle` 10 in use; the package ships no types at its main entry. */
declare module 'bpmn-moddle' {
  export interface ModdleWarning {
    readonly message: string;
    readonly element?: { readonly $type: string; readonly id?: string };
    readonly property?: string;
    readonly value?: unknown;
  }

  export class BpmnModdle {
    constructor(packages?: { readonly [prefix: string]: unknown });
    create(type: string, attributes: { readonly [name: string]: unknown }): unknown;
    /** Rejects with an error that names the place; otherwise `warnings` lists what was skipped. */
    fromXML(
      xml: string,
      type: string,
    ): Promise<{ readonly rootElement: unknown; readonly warnings: readonly ModdleWarning[] }>;
    toXML(root: unknown, options: { readonly format: boolean }): Promise<{ readonly xml: string }>;
  }
}
