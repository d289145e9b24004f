/** Accuracy of suggested classes by cross-validation on labelled messages, and cost of one suggestion. */
import { readFileSync } from 'node:fs';
import { createModel, updatedProfile, type Profile } from '#src/sheet/classification/index.js';
import { suggestedUnits } from './suggested-units.js';
import { rounded, table } from './table.js';

interface Labelled {
  readonly title: string;
  readonly text: string;
  readonly kind: string;
}

const folds = 10;

export function run(): void {
  const file = new URL('../../shared/cases/labelled.jsonl', import.meta.url);
  const messages = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled);
  const rightIn = { first: 0, third: 0 };
  const times: number[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const model = createModel(profilesOf(messages.filter((_, index) => index % folds !== fold)));
    for (const { title, text, kind } of messages.filter((_, index) => index % folds === fold)) {
      const begun = performance.now();
      const codes = model.suggest(title, text, 3).map(({ code }) => code);
      times.push(performance.now() - begun);
      if (codes[0] === kind) rightIn.first += 1;
      if (codes.includes(kind)) rightIn.third += 1;
    }
  }
  const share = (right: number): string => `${rounded((100 * right) / messages.length, 1)} %`;
  const kinds = new Map<string, number>();
  for (const { kind } of messages) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  table(
    `Suggested kind, ${messages.length} labelled messages of ${kinds.size} kinds, ${folds}-fold`,
    ['way', 'right at once', 'among the first three', 'µs a suggestion, p50', 'p99'],
    [
      ['words of past sheets', share(rightIn.first), share(rightIn.third), ...quantiles(times)],
      ['always the commonest', share(Math.max(...kinds.values())), '', '', ''],
    ],
  );
  atScale(messages);
  suggestedUnits();
}

/** A thousand classes: the same messages split, so that profiles are as full as they get. */
function atScale(messages: readonly Labelled[]): void {
  const kinds = 1000;
  const profiles = Array.from({ length: kinds }, (_, kind) =>
    Array.from(
      { length: 40 },
      (_, index) => messages[(kind * 7 + index * 23) % messages.length],
    ).reduce<Profile>(
      (profile, message) =>
        message ? updatedProfile(profile, `${message.title}\n${message.text}`, 1) : profile,
      { code: String(kind), sheets: 0, terms: new Map() },
    ),
  );
  const begun = performance.now();
  const model = createModel(profiles);
  const built = performance.now() - begun;
  const times = messages.map(({ title, text }) => {
    const started = performance.now();
    model.suggest(title, text, 5);
    return performance.now() - started;
  });
  table(
    `The same with ${kinds} kinds of 40 sheets each`,
    ['pairs kept', 'ms to build the model', 'µs a suggestion, p50', 'p99'],
    [
      [
        rounded(profiles.reduce((sum, { terms }) => sum + terms.size, 0)),
        rounded(built),
        ...quantiles(times),
      ],
    ],
  );
}

function profilesOf(messages: readonly Labelled[]): Profile[] {
  const profiles = new Map<string, Profile>();
  for (const { kind, title, text } of messages) {
    const profile = profiles.get(kind) ?? { code: kind, sheets: 0, terms: new Map() };
    profiles.set(kind, updatedProfile(profile, `${title}\n${text}`, 1));
  }
  return [...profiles.values()];
}

function quantiles(times: readonly number[]): [string, string] {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string => rounded(1000 * (sorted[Math.floor(share * sorted.length)] ?? 0));
  return [at(0.5), at(0.99)];
}
