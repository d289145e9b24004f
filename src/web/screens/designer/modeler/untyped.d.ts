/** Types for bpmn.io packages that come without types, as far as they are used here. */
declare module 'diagram-js-minimap' {
  const minimap: { readonly __init__: string[] };
  export default minimap;
}

declare module '@bpmn-io/feel-editor' {
  import type { Extension } from '@codemirror/state';

  interface Offer {
    readonly name: string;
    readonly detail?: string;
    readonly info?: string;
    readonly type?: 'function';
    readonly params?: readonly { readonly name: string }[];
  }

  export default class FeelEditor {
    constructor(config: {
      readonly container: HTMLElement;
      readonly value: string;
      readonly readOnly: boolean;
      readonly variables: readonly Offer[];
      readonly builtins: readonly Offer[];
      readonly placeholder: string;
      readonly contentAttributes: { readonly [name: string]: string };
      readonly extensions: readonly Extension[];
      readonly onChange: (text: string) => void;
    });
    setValue(text: string): void;
    setVariables(variables: readonly Offer[]): void;
  }
}
