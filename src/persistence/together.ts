/** Changes that leave as one statement: what a statement costs besides its rows, both sides pay once. */

export interface Change {
  /** The tables that it writes, by a name of their own; a statement holds it once. */
  readonly of: string;
  /** Tells its texts from others of the same tables. */
  readonly shape: string;
  /** An INSERT, UPDATE or DELETE each, with `$1`, `$2`, … for the values; no two write the same row. */
  readonly parts: readonly string[];
  readonly values: readonly unknown[];
}

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

/** Holds changes back until something else is to be sent, or one of the same tables. */
export function createHolding(send: (statement: Statement) => void) {
  let held: Change[] = [];
  const release = (): void => {
    const changes = held;
    held = [];
    if (changes.length > 0) send(together(changes));
  };
  return {
    hold: (change: Change): void => {
      if (held.some(({ of }) => of === change.of)) release();
      held.push(change);
    },
    release,
  };
}

/**
 * @param changes at least one, none of the same tables as another: all of them see the rows as they were before
 * @throws {Error} where the name stands for other parts: the connections would run the text that they know by it
 */
function together(changes: readonly Change[]): Statement {
  const name = changes.map(({ of, shape }) => (shape === '' ? of : `${of}-${shape}`)).join('+');
  const parts = changes.flatMap((change) => change.parts);
  const known = statements.get(name) ?? { name, parts, text: textOf(changes) };
  statements.set(name, known);
  if (parts.length !== known.parts.length || parts.some((part, index) => part !== known.parts[index]))
    throw new Error(`two different statements are named ${name}`);
  // The name as it was first built: it is looked up again several times, and a text built anew is read for each.
  return { name: known.name, text: known.text, values: changes.flatMap(({ values }) => values) };
}

const statements = new Map<
  string,
  { readonly name: string; readonly parts: readonly string[]; readonly text: string }
>();

function textOf(changes: readonly Change[]): string {
  let before = 0;
  const parts = changes.flatMap(({ parts, values }) => {
    const moved = parts.map((part) => part.replace(/\$(\d+)/g, (_, place) => `$${Number(place) + before}`));
    before += values.length;
    return moved;
  });
  const last = parts.pop() ?? '';
  const others = parts.map((part, index) => `part_${index + 1} AS (${part})`);
  return others.length > 0 ? `WITH ${others.join(',\n')}\n${last}` : last;
}
