/** Whether a file can take the place of the drawing; empty if it can. */
const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

export function objectionTo(text: string, process: string): string {
  const document = new DOMParser().parseFromString(text, 'application/xml');
  const root = document.documentElement;
  if (document.querySelector('parsererror') || root.namespaceURI !== bpmn || root.localName !== 'definitions')
    return '这个文件不是 BPMN 2.0 流程图,没有导入。请选从画流程图的工具里导出的文件';
  const found = [...document.getElementsByTagNameNS(bpmn, 'process')].map(
    (one) => one.getAttribute('id') ?? '',
  );
  if (!found.includes(process))
    return `文件里的流程标识是“${found.join('、') || '(没有)'}”,这份草案改的是“${process}”,没有导入。请把文件里的流程标识改成“${process}”`;
  if (document.getElementsByTagNameNS('http://www.omg.org/spec/BPMN/20100524/DI', 'BPMNShape').length === 0)
    return '这个文件只有流程,没有图形的位置,画不出来。请从画图的工具里连图形一起导出';
  return '';
}
