/** Stub of the contract, to be filled. */
export interface ParsedDiagram {
  /** The exact source text. */
  readonly xml: string;
  /** The moddle tree of `bpmn:Definitions`. */
  readonly root: unknown;
}
export function parseDiagram(_xml: string): Promise<ParsedDiagram> {
  throw new Error('not yet');
}
