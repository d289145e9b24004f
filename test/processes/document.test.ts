import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { shippedProcesses } from '../../src/cases/index.js';
import { createHandlers } from '../../src/handlers/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { extensionsOf, readDiagram, textOf, type Element } from '../support/diagram.js';

describe('docs/processes.md 与流程图说的一样', () => {
  const document = readFileSync(join(packageRoot, 'docs', 'processes.md'), 'utf8');
  const row = (id: string) => document.split('\n').find((line) => line.startsWith(`| \`${id}\` `)) ?? '';

  for (const name of shippedProcesses) {
    it(`${name}:每项人工任务都在表里,角色和必填项一致`, async () => {
      const { elements } = await readDiagram(name);
      const section = document.slice(document.search(new RegExp(`^## .* ${name}$`, 'm')));
      for (const task of elements.filter(({ $type }) => $type === 'bpmn:UserTask')) {
        const line = section.split('\n').find((text) => text.startsWith(`| \`${task.id}\` `)) ?? '';
        const fields = extensionsOf(task, 'duty:Form').flatMap((form) => form.get('fields') as Element[]);
        expect(line, task.id).to.include(textOf(task, 'duty:role')).and.to.include(task.name);
        for (const field of fields.filter((one) => one.get('required') === true)) {
          expect(line, task.id).to.include(`\`${textOf(field, 'key')}\``);
        }
      }
    });

    it(`${name}:每个消息都在消息表里`, async () => {
      const { elements } = await readDiagram(name);
      for (const event of elements.flatMap(({ eventDefinitions }) => eventDefinitions ?? [])) {
        const message = event.get('messageRef') as Element | undefined;
        if (message?.name !== undefined) expect(row(message.name), message.name).to.not.equal('');
      }
    });
  }

  it('每个政策的值都在政策表里', () => {
    const text = readFileSync(join(packageRoot, 'regulation', 'policies.json'), 'utf8');
    for (const { key, value } of JSON.parse(text) as { key: string; value: string }[]) {
      expect(row(key), key).to.include(` ${value} `);
    }
  });

  it('每个写变量的处理程序都提到了', () => {
    for (const handler of createHandlers().names()) {
      expect(document, handler).to.include(`\`${handler}\``);
    }
  });
});
