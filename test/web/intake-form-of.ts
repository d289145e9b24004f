/** The intake screen's input, from the shipped diagram of the package in use. */
import { packageText } from '../../src/kernel/package-content.js';
import { intakeForm } from '../../src/cases/index.js';
import { annotate, definitionOf, parseDiagram } from '../../src/engine/index.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import type { IntakeForm } from '../../src/web/screens/intake/fields.js';

export async function intakeFormOf(): Promise<IntakeForm> {
  const source = packageText('processes/acceptance.bpmn');
  const diagram = await parseDiagram(source);
  const acceptance = { definition: definitionOf(diagram), annotations: annotate(diagram, 'acceptance') };
  const form = intakeForm(acceptance, shippedLaw('2026-03-02'), new Date('2026-03-02T00:00:00Z'));
  return JSON.parse(JSON.stringify(form)) as IntakeForm;
}
