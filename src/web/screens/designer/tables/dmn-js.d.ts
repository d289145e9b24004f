/** Types of the parts of dmn-js that we use; its packages ship none. */
declare module 'dmn-js-shared/lib/base/EditingManager' {
  export interface View {
    readonly id: string;
    readonly element: { readonly id: string; readonly $type: string };
  }

  /** Event of a changed selection. */
  export interface Heard {
    readonly elementId?: string | null;
    readonly selection?: { readonly selected?: boolean };
  }

  export default class EditingManager {
    constructor(options: object);
    importXML(xml: string): Promise<{ readonly warnings: readonly unknown[] }>;
    saveXML(options: { readonly format: boolean }): Promise<{ readonly xml: string }>;
    getActiveViewer():
      { get(service: string): unknown; on(event: string, hear: (event?: Heard) => void): void } | undefined;
    destroy(): void;
  }
}

declare module 'dmn-js-shared/lib/util/ModelUtil' {
  export function is(element: unknown, type: string): boolean;
}

declare module 'dmn-js-decision-table/lib/Editor' {
  export default class Editor {}
}

declare module 'dmn-js-decision-table/lib/Viewer' {
  export default class Viewer {}
}

declare module 'dmn-js-decision-table/lib/features/hit-policy/HitPolicies' {
  export const HIT_POLICIES: {
    readonly value: { readonly hitPolicy?: string; readonly aggregation?: string };
  }[];
}
