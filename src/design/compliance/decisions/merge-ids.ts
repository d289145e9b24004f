/** Makes ids in a file unique: parts of two files may have the same id, and nothing refers to cells by id. */
export function withUniqueIds(element: object, seen: Set<string> = new Set<string>()): void {
  const own = element as { id?: unknown };
  if (typeof own.id === 'string') {
    const given = own.id;
    for (let next = 2; seen.has(own.id as string); next++) own.id = `${given}_${next}`;
    seen.add(own.id as string);
  }
  for (const inside of Object.values(element).flat() as readonly unknown[]) {
    if (typeof inside === 'object' && inside !== null) withUniqueIds(inside, seen);
  }
}
