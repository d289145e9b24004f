import { readFileSync } from 'node:fs';
import { shippedProcesses } from '../../src/cases/index.js';

/** XML of the five shipped diagrams. */
export const shippedDiagrams = (): string[] =>
  shippedProcesses().map((name) => readFileSync(`processes/${name}.bpmn`, 'utf8'));
