/** Rule 1: the file is complete BPMN 2.0; the reader skipped, repaired or guessed nothing. */
import { decidesBehaviour, type ParsedDiagram } from '../../../engine/model/index.js';
import type { Refusal } from '../../../kernel/refusal.js';
import type { Finding } from '../finding.js';

/** @param refusal by the engine's strict reader */
export const wellFormed = ({ message, where, remedy }: Refusal): Finding => ({
  rule: 'well-formed',
  severity: 'error',
  element: where ?? '?',
  article: '—',
  message,
  fix: remedy ?? '请用 BPMN 2.0 建模工具打开、改正后重新保存。',
});

/** Faults in what could be read: a process without an id, a type that does not exist. */
export function incomplete({ root, dangling }: ParsedDiagram): readonly Finding[] {
  const unnamed = (root.rootElements ?? [])
    .filter(({ $type, id }) => $type === 'bpmn:Process' && id === undefined)
    .map(({ name }) =>
      said(
        'error',
        '?',
        `流程${name === undefined ? '' : `“${name}”`}没有标识（id），其余各条没有查它。`,
        '给流程一个标识（id）。',
      ),
    );
  // The engine ignores data types, so a missing type changes nothing.
  const untyped = dangling
    .filter(({ property }) => !decidesBehaviour(property))
    .map(({ element, property, reference }) =>
      said(
        'warning',
        element.id ?? '?',
        property === 'errorRef'
          ? `${element.id ?? element.$type} 引用的错误“${reference}”在图中没有声明，按错误代码“${reference}”办。`
          : `${element.id ?? element.$type} 引用的“${reference}”在图中不存在（${property}），不影响执行。`,
        property === 'errorRef' ? '在图里声明这个错误，写明错误代码。' : '删去这个引用，或者在图里加上它。',
      ),
    );
  return [...unnamed, ...untyped];
}

const said = (severity: Finding['severity'], element: string, message: string, fix: string): Finding => ({
  ...{ rule: 'well-formed', severity, element, article: '—', message, fix },
});
