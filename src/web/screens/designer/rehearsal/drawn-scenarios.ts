/** Reads, adds and retires scenarios in the drawing. Each change is one command, undone like any other. */
import { processOf, service, type Drawing, type Moddle } from '../modeler/services.js';
import type { Scenario } from './use-rehearsal.js';

export interface DrawnScenario {
  readonly name: string;
  readonly title: string;
  /** Why the scenario is retired. */
  readonly retired: string | undefined;
  /** JSON. */
  readonly steps: string;
}

const type = 'duty:Scenario';

const valuesOf = (drawing: Drawing): readonly Moddle[] =>
  processOf(drawing)
    ?.businessObject.get<Moddle | undefined>('extensionElements')
    ?.get<readonly Moddle[] | undefined>('values') ?? [];

export const scenariosIn = (drawing: Drawing): readonly DrawnScenario[] =>
  valuesOf(drawing)
    .filter(({ $type }) => $type === type)
    .map((one) => ({
      name: one.get<string | undefined>('name') ?? '',
      title: one.get<string | undefined>('title') ?? '',
      retired: one.get<string | undefined>('retired'),
      steps: one.get<string | undefined>('steps') ?? '',
    }));

/** Replaces a scenario of the same name. */
export function putScenario(drawing: Drawing, { name, title, retired, steps }: DrawnScenario): void {
  const reason = retired === undefined ? {} : { retired };
  const made = service(drawing, 'bpmnFactory').create(type, { name, title, ...reason, steps });
  const before = valuesOf(drawing);
  const at = before.findIndex((one) => one.$type === type && one.get('name') === name);
  write(drawing, at < 0 ? [...before, made] : before.map((one, index) => (index === at ? made : one)));
}

/** Removes a scenario; removing a retirement makes a shipped one active again. */
export function dropScenario(drawing: Drawing, name: string): void {
  write(
    drawing,
    valuesOf(drawing).filter((one) => one.$type !== type || one.get('name') !== name),
  );
}

function write(drawing: Drawing, values: readonly Moddle[]): void {
  const process = processOf(drawing);
  if (!process) return;
  const extensions = service(drawing, 'bpmnFactory').create('bpmn:ExtensionElements', { values: [] });
  extensions.$parent = process.businessObject;
  for (const one of values) if (one.$type === type) one.$parent = extensions;
  extensions.set('values', values);
  service(drawing, 'commandStack').execute('element.updateProperties', {
    element: process,
    properties: { extensionElements: extensions },
  });
}

/** An unused name, which only the program reads. */
export const newName = (): string =>
  `own-${[...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

interface Content {
  readonly given?: { readonly process?: string; readonly message?: string };
  readonly steps?: readonly (
    { readonly then: string; readonly expect: object } | { readonly when: string; readonly then?: undefined }
  )[];
}

/** The form in which a rehearsal plays it; undefined if its steps cannot be read. */
export function playable({ name, title, steps }: DrawnScenario): Scenario | undefined {
  const content = contentOf(steps);
  if (!content?.given) return undefined;
  const { process, message, ...given } = content.given;
  return {
    name,
    title,
    provisions: [],
    begin: { ...(message === undefined ? { process } : { message }), ...given },
    steps: (content.steps ?? []).map((step) => {
      if (step.then !== undefined) return { text: step.then, act: { expect: step.expect } };
      const { when, ...act } = step;
      return { text: when, act };
    }),
  };
}

/** Adds these texts to the steps of the content (JSON), as far as there are any. */
export function withTexts(content: string, texts: readonly string[]): string {
  const read = contentOf(content);
  if (!read?.steps || texts.length === 0) return content;
  const steps = read.steps.map((step, index) => {
    const text = texts[index] ?? '';
    if (text === '') return step;
    return step.then === undefined ? { ...step, when: text } : { ...step, then: text };
  });
  return JSON.stringify({ ...read, steps });
}

function contentOf(text: string): Content | undefined {
  try {
    return JSON.parse(text) as Content;
  } catch {
    return undefined;
  }
}
