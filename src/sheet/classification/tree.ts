/** The classification tree used by archiving, dispatch and assessment: up to five levels, in versions. */

export const mostLevels = 5;

export interface ClassNode {
  /** Stable across versions; only a leaf can be a sheet's class. */
  readonly code: string;
  readonly name: string;
  /** Code of the parent; null at the first level. */
  readonly parent: string | null;
  /** The responsible trade (行业); inherited if the node names none. */
  readonly trade: string | null;
}

export interface PlacedClass extends ClassNode {
  /** 1 to 5. */
  readonly level: number;
  /** From the first level down to the class itself. */
  readonly path: readonly { readonly code: string; readonly name: string }[];
  readonly leaf: boolean;
}

export interface ClassTree {
  /** 0: the shipped sample. */
  readonly version: number;
  readonly title: string;
  /** In the order of the file. */
  readonly classes: readonly PlacedClass[];
  readonly leaves: readonly PlacedClass[];
  find(code: string): PlacedClass | undefined;
}

/** @param nodes checked by `readTree`; parents may come after their children */
export function createTree(version: number, title: string, nodes: readonly ClassNode[]): ClassTree {
  const byCode = new Map(nodes.map((node) => [node.code, node]));
  const parents = new Set(nodes.map(({ parent }) => parent));
  const lineOf = ({ parent, ...node }: ClassNode): ClassNode[] => {
    const above = parent === null ? undefined : byCode.get(parent);
    return [...(above ? lineOf(above) : []), { ...node, parent }];
  };
  const placed = nodes.map((node): PlacedClass => {
    const line = lineOf(node);
    return {
      ...node,
      trade: line.reduce<string | null>((trade, { trade: own }) => own ?? trade, null),
      level: line.length,
      path: line.map(({ code, name }) => ({ code, name })),
      leaf: !parents.has(node.code),
    };
  });
  const places = new Map(placed.map((one) => [one.code, one]));
  return {
    version,
    title,
    classes: placed,
    leaves: placed.filter(({ leaf }) => leaf),
    find: (code) => places.get(code),
  };
}

/** `城市管理 / 市容环境 / 垃圾清运`. */
export const pathName = ({ path }: Pick<PlacedClass, 'path'>): string =>
  path.map(({ name }) => name).join(' / ');

export interface TreeChanges {
  readonly added: readonly PlacedClass[];
  readonly removed: readonly PlacedClass[];
  /** Classes with the same code but another name, parent or trade. */
  readonly changed: readonly { readonly from: PlacedClass; readonly to: PlacedClass }[];
}

export function treeChanges(before: ClassTree, after: ClassTree): TreeChanges {
  const facts = ({ name, parent, trade }: PlacedClass) => JSON.stringify([name, parent, trade]);
  return {
    added: after.classes.filter(({ code }) => !before.find(code)),
    removed: before.classes.filter(({ code }) => !after.find(code)),
    changed: after.classes.flatMap((to) => {
      const from = before.find(to.code);
      return from && facts(from) !== facts(to) ? [{ from, to }] : [];
    }),
  };
}
