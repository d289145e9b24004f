/** The part of `dmn-moddle` 12 in use; the package ships no types. */
declare module 'dmn-moddle' {
  export class DmnModdle {
    constructor(packages?: { readonly [prefix: string]: unknown });
    /** Rejects with an error that names the place; otherwise `warnings` lists what was skipped. */
    fromXML(
      xml: string,
      type: string,
    ): Promise<{
      readonly rootElement: unknown;
      readonly warnings: readonly { readonly message: string }[];
    }>;
    toXML(element: unknown, options?: { readonly format?: boolean }): Promise<{ readonly xml: string }>;
  }
}
