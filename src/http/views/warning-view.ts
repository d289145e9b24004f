import type { ClassTree } from '../../sheet/classification/index.js';
import {
  kindName,
  titleOf,
  type DoneAct,
  type SheetOfMatter,
  type Warning,
} from '../../measures/warning/index.js';

export const warningView = (tree: ClassTree, one: Warning, last: DoneAct | null) => ({
  ...one,
  title: titleOf(tree, one),
  last,
});

export const matterSheetView = (tree: ClassTree, { longitude, latitude, ...sheet }: SheetOfMatter) => ({
  ...sheet,
  className: kindName(tree, sheet.class),
  point: longitude === null || latitude === null ? null : { longitude, latitude },
});
