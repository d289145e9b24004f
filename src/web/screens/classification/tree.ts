/** The classification tree for display: only open branches are rendered. */
import type { Class } from '../../components/classes.js';

export interface ClassNode {
  readonly one: Class;
  /** Number of leaves below it. */
  readonly leaves: number;
}

export interface Tree {
  readonly leaves: number;
  /** Children of the class; default: the first level. */
  below(code?: string): readonly ClassNode[];
  find(code: string): ClassNode | undefined;
}

export function treeOf(classes: readonly Class[]): Tree {
  const leaves = new Map<string, number>();
  for (const { leaf, path } of classes) {
    if (leaf) for (const { code } of path) leaves.set(code, (leaves.get(code) ?? 0) + 1);
  }
  const nodes = new Map<string, ClassNode>();
  const below = new Map<string | undefined, ClassNode[]>();
  for (const one of classes) {
    const node = { one, leaves: leaves.get(one.code) ?? 0 };
    nodes.set(one.code, node);
    const parent = one.path.at(-2)?.code;
    const siblings = below.get(parent);
    if (siblings) siblings.push(node);
    else below.set(parent, [node]);
  }
  return {
    leaves: classes.filter(({ leaf }) => leaf).length,
    below: (code) => below.get(code) ?? [],
    find: (code) => nodes.get(code),
  };
}

/** Classes whose path, code or trade contains all words. */
export function found(classes: readonly Class[], words: string): readonly Class[] {
  const wanted = words.split(/\s+/).filter((word) => word !== '');
  return classes.filter(({ code, path, trade }) => {
    const text = [code, trade ?? '', ...path.map(({ name }) => name)].join(' ');
    return wanted.every((word) => text.includes(word));
  });
}
