import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { shippedProcesses } from '../../src/cases/index.js';
import { lintDefinition } from '../../src/engine/index.js';
import { createHandlers } from '../../src/handlers/index.js';
import { handlerTitles } from '../../src/law/regulation/model/labels/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import {
  extensionsOf,
  readDiagram,
  textOf,
  type Box,
  type Diagram,
  type Element,
} from '../support/diagram.js';
import { packageText, packageJson } from '../../src/kernel/package-content.js';

const chinese = /[\u4e00-\u9fff]/;
const tasks = new Set(['bpmn:UserTask', 'bpmn:ServiceTask']);
const all = new Map<string, Diagram>();
const elementsOfAll = () => [...all.values()].flatMap(({ elements }) => elements);

/** Handlers of diagrams in `packages/`: a city need not use another's. */
const handlersOfOtherCities = (): readonly string[] =>
  readdirSync(join(packageRoot, 'packages'))
    .filter((name) => !['base', 'plain'].includes(name))
    .flatMap((city) =>
      shippedProcesses().flatMap((name) =>
        [
          ...packageText(`processes/${name}.bpmn`, join(packageRoot, 'packages', city)).matchAll(
            /duty:handler="([^"]+)"/g,
          ),
        ].map(([, handler = '']) => handler),
      ),
    );

describe('流程图', () => {
  before(async () => {
    for (const name of shippedProcesses()) all.set(name, await readDiagram(name));
  });

  for (const name of shippedProcesses()) {
    describe(`流程图 ${name}`, () => {
      const diagram = () => all.get(name) as Diagram;

      it('通过部署检查', () => {
        expect(lintDefinition(diagram().definition, createHandlers())).to.deep.equal([]);
      });

      it('环节、事件的名称是中文，标识是英文', () => {
        for (const element of diagram().elements) {
          expect(element.id).to.match(/^[A-Z][A-Za-z]*_[A-Za-z0-9_]+$/);
          if (element.name) expect(element.name, element.id).to.match(chinese);
          const named = tasks.has(element.$type) || /Event$|SubProcess$/.test(element.$type);
          if (named) expect(element.name, element.id).to.be.a('string');
        }
      });

      it('每项人工任务写明角色和中文表单，不由自己办的任务存在', () => {
        const ids = new Set(diagram().elements.map(({ id }) => id));
        for (const task of diagram().elements.filter(({ $type }) => $type === 'bpmn:UserTask')) {
          expect(textOf(task, 'duty:role'), task.id).to.match(/^[a-z-]+$/);
          for (const other of textOf(task, 'duty:notBy').split(' ').filter(Boolean)) {
            expect(ids.has(other), `${task.id} notBy ${other}`).to.equal(true);
          }
          const fields = extensionsOf(task, 'duty:Form').flatMap((form) => form.get('fields') as Element[]);
          expect(fields, task.id).to.not.have.length(0);
          for (const field of fields) expect(textOf(field, 'label'), `${task.id}`).to.match(chinese);
        }
      });

      it('从排他网关分出的每条路都写明条件或者是默认', () => {
        for (const gateway of diagram().elements.filter(({ $type }) => $type === 'bpmn:ExclusiveGateway')) {
          const ways = diagram().elements.filter(({ sourceRef }) => sourceRef === gateway);
          if (ways.length < 2) continue;
          for (const way of ways) {
            const clear = way.get('conditionExpression') !== undefined || gateway.get('default') === way;
            expect(clear, way.id).to.equal(true);
            expect(way.name, way.id).to.match(chinese);
          }
        }
      });

      it('所有元素都画了出来，互不重叠，连线横平竖直、两端接在图形上', () => {
        const { elements, shapes, edges, scopes, pages } = diagram();
        for (const element of elements) {
          if (element.$type !== 'bpmn:SequenceFlow')
            expect(shapes.has(element.id), element.id).to.equal(true);
          else expectOrthogonal(element, edges.get(element.id) ?? [], shapes);
        }
        const solid = elements.filter(({ id, attachedToRef }) => shapes.has(id) && !attachedToRef);
        for (const [index, one] of solid.entries()) {
          for (const other of solid.slice(index + 1)) {
            if (scopes.get(one.id) !== scopes.get(other.id)) continue;
            const apart = !overlap(shapes.get(one.id), shapes.get(other.id));
            expect(apart, `${one.id} 与 ${other.id} 重叠`).to.equal(true);
          }
          const scope = scopes.get(one.id) ?? '';
          const around = shapes.get(scope);
          // What is in a closed sub-process has a page of its own.
          const isOpen = pages.get(scope) === pages.get(one.id);
          if (!isOpen) expect(pages.get(one.id), one.id).to.equal(scope);
          else if (around) expect(inside(shapes.get(one.id), around), `${one.id} 出了框`).to.equal(true);
        }
      });
    });
  }

  describe('五个流程图合起来', () => {
    it('处理程序与图一一对应：没有缺的，也没有多余的', () => {
      const used = elementsOfAll().flatMap((element) =>
        element.$type === 'bpmn:ServiceTask' ? [textOf(element, 'duty:handler')] : [],
      );
      const elsewhere = handlersOfOtherCities();
      expect(used.filter((name) => !createHandlers().get(name))).to.deep.equal([]);
      expect([...new Set([...used, ...elsewhere])].sort()).to.deep.equal(
        [...createHandlers().names()].sort(),
      );
    });

    it('每个处理程序有中文的名称，各不相同', () => {
      expect(Object.keys(handlerTitles).sort()).to.deep.equal([...createHandlers().names()].sort());
      expect(new Set(Object.values(handlerTitles)).size).to.equal(createHandlers().names().length);
    });

    it('抛出的消息有人接，开始流程的消息只有一个流程接', () => {
      const thrown = messages((element) => /(Throw|End)Event$/.test(element.$type));
      const caught = messages((element) =>
        /(Start|Catch|Boundary|IntermediateCatch)Event$/.test(element.$type),
      );
      expect([...thrown].filter((message) => !caught.has(message))).to.deep.equal([]);
      const starts = [...all.values()].flatMap(({ elements, scopes, definition }) =>
        elements
          .filter(({ id, $type }) => $type === 'bpmn:StartEvent' && scopes.get(id) === definition.key)
          .flatMap(messageNames),
      );
      expect(starts).to.have.length(new Set(starts).size);
    });

    it('引用政策的时限与 regulation/policies.json 一致；第二十四条的五个工作日不是政策', () => {
      const decided = new Map(
        (
          packageJson('regulation/policies.json', packageRoot) as {
            key: string;
            value: string;
            unit?: string;
          }[]
        ).map((policy) => [policy.key, policy]),
      );
      for (const element of elementsOfAll()) {
        for (const timer of element.eventDefinitions ?? []) {
          const key = timer.$type === 'bpmn:TimerEventDefinition' ? textOf(timer, 'duty:policy') : '';
          if (key === '') continue;
          const written = timer.timeDuration?.body ?? timer.timeCycle?.body?.replace('R/', '');
          expect(written, `${element.id} ${key}`).to.equal(decided.get(key)?.value);
          const unit = textOf(timer, 'duty:unit') || 'natural';
          // Minutes are natural time, too.
          const units = unit === 'natural' ? ['natural', 'minutes'] : [unit];
          expect(units, `${element.id} ${key}`).to.include(decided.get(key)?.unit);
        }
      }
      const limit = elementsOfAll().find(({ id }) => id === 'Timer_ReplyLimit')?.eventDefinitions?.[0];
      expect(limit?.timeDuration?.body).to.equal('= limit("reply")');
      expect(limit && textOf(limit, 'duty:policy')).to.equal('');
    });

    it('每个条文链接都写明关系', () => {
      for (const element of elementsOfAll()) {
        for (const norm of extensionsOf(element, 'duty:Norm')) {
          expect(textOf(norm, 'relation'), element.id).to.match(/^(fulfils|triggers|checks|records)$/);
        }
      }
    });

    it('每项要由流程履行的义务都有履行它的环节', () => {
      const fulfilled = new Set(
        elementsOfAll().flatMap((element) =>
          extensionsOf(element, 'duty:Norm')
            .filter((norm) => textOf(norm, 'relation') === 'fulfils')
            .map((norm) => textOf(norm, 'norm')),
        ),
      );
      const owed =
        'J10 J13 J14 J16 J20 J21a J21b J23 J26b J26c J26e J26f J26g J27 J27r J28 J29 J30 J31 J32 J33 J34 J35 J36 J37 J38 J39 J40 ' +
        'J41 J42 J44 J46 J53 J54 J55 J56 J57 J58 J59 J60';
      expect(owed.split(' ').filter((duty) => !fulfilled.has(duty))).to.deep.equal([]);
    });
  });
});

function messageNames(element: Element): string[] {
  return (element.eventDefinitions ?? []).flatMap((event) => {
    const message = event.get('messageRef') as Element | undefined;
    return message?.name === undefined ? [] : [message.name];
  });
}

const messages = (which: (element: Element) => boolean): Set<string> =>
  new Set(elementsOfAll().filter(which).flatMap(messageNames));

function expectOrthogonal(
  flow: Element,
  points: readonly { readonly x: number; readonly y: number }[],
  shapes: ReadonlyMap<string, Box>,
): void {
  expect(points.length, flow.id).to.be.greaterThan(1);
  for (const [index, point] of points.slice(1).entries()) {
    const before = points[index];
    expect(point.x === before?.x || point.y === before?.y, `${flow.id} 有斜线`).to.equal(true);
  }
  expect(touches(points[0], shapes.get(flow.sourceRef?.id ?? '')), `${flow.id} 起点悬空`).to.equal(true);
  expect(touches(points.at(-1), shapes.get(flow.targetRef?.id ?? '')), `${flow.id} 终点悬空`).to.equal(true);
}

function touches(
  point: { readonly x: number; readonly y: number } | undefined,
  box: Box | undefined,
): boolean {
  if (!point || !box) return false;
  return inside(
    { ...point, width: 0, height: 0 },
    { ...box, x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 },
  );
}

const overlap = (a: Box | undefined, b: Box | undefined): boolean =>
  !!a && !!b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const inside = (a: Box | undefined, b: Box): boolean =>
  !!a && a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
