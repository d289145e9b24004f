/** The scenarios of a new city: the base's plays that its law has the acts for, with its own norms. */
import type { Json } from '../../../kernel/package-merge.js';
import type { Acts, Play } from './acts.js';
import type { Numbered } from './numbered.js';

export function playsOf(
  { plays, given }: Acts,
  norms: readonly Numbered[],
  done: ReadonlySet<string>,
): [string, Json][] {
  return plays
    .filter(
      ({ needs, without }) => needs.every((act) => done.has(act)) && !without.some((act) => done.has(act)),
    )
    .map((play) => [`processes/scenarios/${play.name}.json`, scenarioOf(play, given, norms, done)]);
}

function scenarioOf(
  play: Play,
  begins: Acts['given'],
  norms: readonly Numbered[],
  done: ReadonlySet<string>,
): Json {
  const { title, shows, given, steps } = play;
  const shown = norms.filter(({ does }) => shows.includes(does ?? ''));
  const content = {
    title,
    provisions: [...new Set(shown.flatMap(({ at }) => at))],
    given: { ...begins, ...given },
    steps: steps
      .filter(({ if: act }) => act === undefined || done.has(act))
      .map(({ if: _if, ...step }) => step),
  };
  return filledIn(content as Json, norms);
}

const named = /\{(norm|provision):([a-z-]+)\}/g;

/** Leaves out of a list what is expected of a norm that the law lacks. */
function filledIn(value: Json, norms: readonly Numbered[]): Json {
  if (typeof value === 'string')
    return value.replaceAll(named, (_, what: string, act: string) => {
      const found = norms.find(({ does }) => does === act);
      return (what === 'norm' ? found?.id : found?.at.at(-1)) ?? '';
    });
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return (value as readonly Json[])
      .filter((one) => !isOfAbsentNorm(one, norms))
      .map((one) => filledIn(one, norms));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledIn(one, norms)]));
}

/** `{"norm": "{norm:audit}", …}` where no norm asks for an audit. */
function isOfAbsentNorm(one: Json, norms: readonly Numbered[]): boolean {
  if (typeof one !== 'object' || one === null || !('norm' in one) || typeof one.norm !== 'string')
    return false;
  const [, act] = /^\{norm:([a-z-]+)\}$/.exec(one.norm) ?? [];
  return act !== undefined && !norms.some(({ does }) => does === act);
}
