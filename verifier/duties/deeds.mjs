/** Deeds beside what a norm asks of them, and the proceedings that deeds are about. */

/** Whether the deed has the name and the facts; a list is any of its values, a missing fact is none. */
export function fits(act, { name, facts = {} }) {
  if (act.deed !== name) return false;
  return Object.entries(act.facts ?? {}).every(([fact, wanted]) => [wanted].flat().includes(facts[fact]));
}

/** Supervisions and accountabilities: each process instance accuses one unit, on one ground. */
export function createProceedings({ deeds, subjects }) {
  const known = new Map();
  const identityOf = new Map(subjects.map(({ key, identity }) => [key, identity]));
  const subjectOf = new Map(deeds.map(({ name, subject }) => [name, subject]));

  /** @param charged the unit that held the matter before the entry: accused where no deed names another */
  function follow({ name, facts = {} }, { instance }, charged) {
    if (identityOf.get(subjectOf.get(name)) !== 'instance') return;
    const before = known.get(instance) ?? { accused: charged, ground: undefined };
    known.set(instance, {
      accused: accusedBy(facts, before.accused),
      ground: facts.ground ?? before.ground,
    });
  }

  return {
    follow,
    has: (instance) => known.has(instance),
    accusedIn: (instance) => known.get(instance)?.accused ?? null,
    groundIn: (instance) => known.get(instance)?.ground,
  };
}

/** A person is no unit: null. */
function accusedBy({ accused }, before) {
  if (typeof accused !== 'string' || accused === 'unknown') return before;
  return accused.startsWith('unit:') ? accused.slice('unit:'.length) : null;
}
