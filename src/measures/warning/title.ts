import type { ClassTree } from '../../sheet/classification/index.js';
import type { Sort } from './decide.js';

/** Subject of a warning: the emergency, or the class by the tree in force. */
export const titleOf = (
  tree: ClassTree,
  { sort, matter }: { readonly sort: Sort; readonly matter: string },
): string => (sort === 'burst' ? matter : kindName(tree, matter));

export const kindName = (tree: ClassTree, code: string): string =>
  code === '' ? '未归类' : (tree.find(code)?.name ?? code);
