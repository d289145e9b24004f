/**
 * Checks that diagrams ask for the fields that the program reads, with the right type, wherever a
 * handler or message needs them.
 */
import { annotate, definitionOf, duty, flowNodes, parseDiagram, type FormField } from '../../engine/index.js';
import { neededFields, programFields } from '../../kernel/program-fields.js';
import type { PackageFinding } from './finding.js';

/** @param sources of the diagrams, by key */
export async function programFieldsAsked(sources: ReadonlyMap<string, string>): Promise<PackageFinding[]> {
  const parts = await Promise.all(
    [...sources].map(async ([key, source]) => {
      const diagram = await parseDiagram(source);
      const nodes = flowNodes(definitionOf(diagram));
      return annotate(diagram, key).elements.map((element) => {
        const node = nodes.get(element.id);
        const handler = (node && duty(node, 'handler')) ?? '';
        return { element, where: `processes/${key}.bpmn ${element.id}`, handler };
      });
    }),
  );
  const elements = parts.flat();
  const everywhere = new Set(elements.flatMap(({ element }) => element.form.map(({ key }) => key)));
  return elements.flatMap(({ element, where, handler }) => {
    const { name, form, catches } = element;
    const own = new Set(form.map(({ key }) => key));
    const brought = form.length === 0 ? undefined : neededFields.get(catches ?? '');
    return [
      ...form.flatMap((field) => otherwise(field, where)),
      ...(neededFields.get(handler) ?? [])
        .filter((key) => !everywhere.has(key))
        .map((key) => missing(where, `“${name}”的 ${handler} 要读 ${key}，各张流程图都没有问`, key)),
      ...(brought ?? [])
        .filter((key) => !own.has(key))
        .map((key) =>
          missing(where, `程序随消息 ${catches ?? ''} 送来 ${key}，“${name}”的表单没有这一栏`, key),
        ),
    ];
  });
}

function otherwise({ key, label, type }: FormField, where: string): PackageFinding[] {
  const read = programFields.get(key);
  if (read === undefined || read === type) return [];
  const what = `“${label}”（${key}）是 ${type}，程序把 ${key} 当作 ${read} 来读`;
  return [{ severity: 'error', where, what, fix: `写成 type="${read}"；问的是别的事，换一个 key` }];
}

const missing = (where: string, what: string, key: string): PackageFinding => ({
  ...{ severity: 'error', where, what },
  fix: `在问它的环节的 duty:form 里写 <duty:field key="${key}" label="…" type="${programFields.get(key) ?? ''}"/>`,
});
