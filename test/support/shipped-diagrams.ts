import { packageText } from '../../src/kernel/package-content.js';
import { shippedProcesses } from '../../src/cases/index.js';

/** XML of the five shipped diagrams. */
export const shippedDiagrams = (): string[] =>
  shippedProcesses().map((name) => packageText(`processes/${name}.bpmn`));
