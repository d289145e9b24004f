/** Which unit is charged with the matter, in which round, and whether the matter is closed. */
import { fits } from './deeds.mjs';

export function createCourse({ deeds, holders }) {
  const effects = new Map(deeds.map(({ name, effect }) => [name, effect]));
  let rounds = 0;
  const course = {
    unit: null,
    closed: false,
    get round() {
      return Math.max(1, rounds);
    },
    follow,
    correctionsIn,
    registeredIn: (latest) => [...latest.values()].filter(({ name }) => effects.get(name) === 'registers'),
  };

  /** A unit stays charged, also while the hotline decides, until the matter is taken back or handed to another. */
  function follow(deed) {
    const [effect, before] = [effects.get(deed.name), course.unit];
    if (effect === 'begins-round') rounds += 1;
    if (effect === 'closes') course.closed = true;
    if (effect === 'takes-back') course.unit = null;
    const to = holders
      .filter(({ named, when }) => named && fits(when, deed))
      .map(({ named }) => deed.facts?.[named]);
    const handedOver = to.findLast((unit) => unit !== undefined);
    course.unit = handedOver ?? course.unit;
    return { leaves: before !== null && before !== course.unit, handedOver };
  }

  /** From the instant that was recorded wrongly to the right one, or to null where nothing passed. */
  function correctionsIn({ name, facts = {} }) {
    if (effects.get(name) !== 'corrects-limits') return new Map();
    const redated = (facts.redated ?? []).map(({ from, to }) => [utc(from), utc(to)]);
    return new Map([...redated.reverse(), ...(facts.withdrawn ?? []).map((at) => [utc(at), null])]);
  }

  return course;
}

const utc = (instant) => new Date(instant).toISOString();
