/** What an entry does to the limits of the law: which one it passes, starts, moves or stops. */

export function createLimits() {
  /** The clock of each timer, by process instance and element. */
  const clocks = new Map();

  function follow(entry) {
    const keyOf = (element) => `${entry.instance} ${element}`;
    if (entry.type === 'case.migrated') rename(entry, keyOf);
    const stopped = (entry.withdrawn ?? []).map(keyOf).map((key) => {
      const clock = clocks.get(key);
      clocks.delete(key);
      return clock;
    });
    const armed = entry.armed ?? [];
    for (const { element, clock } of armed) clocks.set(keyOf(element), clock ?? clocks.get(keyOf(element)));
    const recomputed = entry.type === 'deadline.recomputed' ? [{ element: entry.of, due: entry.due }] : [];
    return {
      passed: entry.type === 'timer.fired' ? entry.clock : undefined,
      armed: [...armed, ...recomputed].map(({ element, due }) => ({
        clock: clocks.get(keyOf(element)),
        due,
      })),
      stopped,
    };
  }

  /** Running elements have the names of the new drawing. */
  function rename({ mapping = {} }, keyOf) {
    for (const [from, to] of Object.entries(mapping)) {
      const clock = clocks.get(keyOf(from));
      if (clock !== undefined) clocks.set(keyOf(to), clock);
    }
  }

  return { follow };
}
