/** Tools of a drawing: undo, copies, aligning, zoom, files. */
import { computed, type ComputedRef } from 'vue';
import type { Tool } from '../../../components/tools.js';
import type { DrawingState } from './drawing-state.js';
import { downloadDiagram, downloadPicture, printPicture } from './files.js';
import { fit } from './open.js';
import { service, type Drawing } from './services.js';

const alignments = [
  { key: 'left', title: '左端对齐' },
  { key: 'center', title: '水平居中' },
  { key: 'right', title: '右端对齐' },
  { key: 'top', title: '上端对齐' },
  { key: 'middle', title: '垂直居中' },
  { key: 'bottom', title: '下端对齐' },
] as const;
const distributions = [
  { key: 'horizontal', title: '水平等距' },
  { key: 'vertical', title: '垂直等距' },
] as const;
const files = { diagram: downloadDiagram, picture: downloadPicture, print: printPicture };

/** Pastes into the middle of the view and selects, so that arrow keys can move it: needs no mouse. */
function paste(drawing: Drawing): void {
  const canvas = service(drawing, 'canvas');
  const { x, y, scale, outer } = canvas.viewbox();
  const point = { x: x + outer.width / scale / 2, y: y + outer.height / scale / 2 };
  const pasted = service(drawing, 'copyPaste').paste({ element: canvas.getRootElement(), point });
  if (!pasted) return;
  service(drawing, 'selection').select(pasted.filter((one) => !one.labelTarget));
  canvas.focus();
}

function zoom(drawing: Drawing, factor: number): void {
  const canvas = service(drawing, 'canvas');
  canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), 'auto');
}

/** @param importFile asks for a file in place of what is drawn */
export function useDrawingTools(
  state: DrawingState,
  mayEdit: () => boolean,
  importFile: () => void,
): ComputedRef<readonly (readonly Tool[])[]> {
  const on = (act: (drawing: Drawing) => unknown) => (): void => {
    if (state.drawing.value) void act(state.drawing.value);
  };
  const several = computed(() => state.all.value.filter((one) => one.waypoints === undefined));
  const arrange = (how: string): void =>
    on((drawing) =>
      how === 'horizontal' || how === 'vertical'
        ? service(drawing, 'distributeElements').trigger([...several.value], how)
        : service(drawing, 'alignElements').trigger([...several.value], how),
    )();
  const editing = computed((): readonly (readonly Tool[])[] => [
    [
      {
        ...{ title: '撤销', hint: '撤销（Ctrl+Z）', icon: 'undo' },
        ...{ isOff: !state.canUndo.value, act: state.undo },
      },
      {
        ...{ title: '重做', hint: '重做（Ctrl+Y）', icon: 'redo' },
        ...{ isOff: !state.canRedo.value, act: state.redo },
      },
    ],
    [
      {
        ...{ title: '复制', hint: '复制选中的元素（Ctrl+C）', icon: 'copy' },
        act: on((drawing) => service(drawing, 'editorActions').trigger('copy')),
      },
      { title: '粘贴', hint: '粘贴到图的中间，用方向键移开', icon: 'paste', act: on(paste) },
      {
        ...{ title: '对齐选中的元素', hint: '按住 Shift 点选几个元素，再选怎样对齐', word: '对齐' },
        isOff: several.value.length < 2,
        choices: [...alignments, ...(several.value.length > 2 ? distributions : [])],
        choose: arrange,
      },
    ],
  ]);
  return computed(() => [
    ...(mayEdit() ? editing.value : []),
    [
      { title: '放大', icon: 'enlarge', act: on((drawing) => zoom(drawing, 1.25)) },
      { title: '缩小', icon: 'reduce', act: on((drawing) => zoom(drawing, 0.8)) },
      { title: '全图', icon: 'fit', act: on((drawing) => fit(drawing, mayEdit())) },
    ],
    [
      {
        ...{ title: '文件', word: '文件' },
        choices: [
          ...(mayEdit() ? [{ key: 'import', title: '从文件导入……' }] : []),
          { key: 'diagram', title: '导出流程图文件' },
          { key: 'picture', title: '导出这一页的图片' },
          { key: 'print', title: '打印这一页' },
        ],
        choose: (key: string) =>
          key === 'import' ? importFile() : on((drawing) => files[key as keyof typeof files](drawing))(),
      },
    ],
  ]);
}
