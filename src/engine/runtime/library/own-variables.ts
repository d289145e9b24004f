/**
 * Variables of activities' own (`duty:scope`), which the library does not know: kept beside its state, by the execution
 * that they belong to. They are opened when something inside is looked at, and handed out when the execution ends.
 */
import type { Json, JsonObject } from '../../../kernel/json.js';
import { feel } from '../../model/feel.js';
import type { ScopeOfActivity } from '../../model/scope.js';
import type { Variables } from '../interface.js';
import type { Content, Environment } from './library.js';

/** One run of an activity. */
export interface Link {
  readonly element: string;
  readonly execution: string;
}

interface Run extends Link {
  readonly locals: Variables;
  /** What is around it, innermost first. */
  readonly outer: readonly Link[];
  readonly done?: true;
}

export type SavedRuns = readonly Run[];

/** Of an activity that has variables of its own or whose repetitions are collected. */
export interface Owning {
  readonly scope: ScopeOfActivity;
  readonly collected: { readonly into: string; readonly item: string } | null;
}

export class OwnVariables {
  readonly #runs: Map<string, Run>;
  /** What the case's variables have been set to in this step. */
  readonly assigned: { [name: string]: Json } = {};

  constructor(
    private readonly owning: ReadonlyMap<string, Owning>,
    saved: SavedRuns,
    private readonly now: Date,
    /** The case's, with what this step has set. */
    public variables: Variables,
  ) {
    this.#runs = new Map(saved.map((run) => [run.execution, run]));
  }

  get saved(): SavedRuns {
    return [...this.#runs.values()];
  }

  has(execution: string): boolean {
    return this.#runs.has(execution);
  }

  /** What is visible besides the case's variables. `names`: items and counters of repetitions. */
  seenFrom(links: readonly Link[], names: JsonObject = {}): Variables {
    if (this.owning.size === 0) return {};
    return links.reduceRight<Variables>((seen, link, index) => {
      const run = this.#open(link, links.slice(index + 1), { ...seen, ...names });
      return run ? { ...seen, ...run.locals } : seen;
    }, {});
  }

  #open(link: Link, outer: readonly Link[], seen: Variables): Run | undefined {
    const known = this.#runs.get(link.execution);
    const scope = this.owning.get(link.element)?.scope;
    if (known || !scope) return known;
    const names = { ...this.variables, ...seen };
    const locals = Object.fromEntries(
      scope.locals.map(({ name, value }) => [
        name,
        value === null ? null : feel(value, link.element).value(names, this.now),
      ]),
    );
    const run = { ...link, locals, outer };
    this.#runs.set(link.execution, run);
    return run;
  }

  /** Each goes to the innermost activity that has a variable of this name, else to the case. */
  write(links: readonly Link[], written: Variables): void {
    this.seenFrom(links);
    for (const [name, value] of Object.entries(written)) {
      const run = links
        .map(({ execution }) => this.#runs.get(execution))
        .find(
          (one) => one && (Object.hasOwn(one.locals, name) || this.owning.get(one.element)?.scope.closed),
        );
      if (run) this.#runs.set(run.execution, { ...run, locals: { ...run.locals, [name]: value } });
      else {
        this.assigned[name] = value;
        this.variables = { ...this.variables, [name]: value };
      }
    }
  }

  /** The run is completed. */
  handOut(execution: string, names: JsonObject = {}): void {
    const run = this.#runs.get(execution);
    const owning = run && this.owning.get(run.element);
    if (!owning || run.done) return;
    const inside = { ...this.variables, ...this.seenFrom(run.outer), ...names, ...run.locals };
    const outputs = owning.scope.outputs.map(({ name, value }): [string, Json] => [
      name,
      value === null ? (inside[name] ?? null) : feel(value, run.element).value(inside, this.now),
    ]);
    this.#runs.set(execution, { ...run, done: true });
    this.write(run.outer, Object.fromEntries(outputs));
  }

  /** The whole activity is completed: the values of its repetitions are collected in their order. */
  close({ id = '', executionId = '', output }: Content): void {
    const owning = this.owning.get(id);
    if (!owning) return;
    const runs = [...this.#runs.values()].filter(
      ({ execution }) => execution === executionId || isRepetitionOf(execution, executionId),
    );
    // Every repetition that was completed leaves an output of the library's; those withdrawn by a condition leave none.
    const left = Array.isArray(output) ? (output as readonly unknown[]) : [];
    const completed = runs
      .filter((run) => run.execution === executionId || (left[indexOf(run)] ?? null) !== null)
      .sort((one, other) => indexOf(one) - indexOf(other));
    for (const { execution } of completed) this.handOut(execution);
    const [first] = completed;
    const { collected } = owning;
    if (collected) {
      const values = completed.map(
        ({ execution }) => this.#runs.get(execution)?.locals[collected.item] ?? null,
      );
      this.write(first?.outer ?? [], { [collected.into]: values });
    }
    for (const { execution } of runs) this.#runs.delete(execution);
  }

  /** Runs that are no longer there were withdrawn, or are repetitions that have ended. */
  sweep(isLive: (execution: string) => boolean): void {
    for (const { execution, element } of [...this.#runs.values()]) {
      if (isLive(execution)) continue;
      const goesOn = isLive(execution.replace(/_\d+$/, ''));
      if (goesOn) this.handOut(execution);
      if (!goesOn || !this.owning.get(element)?.collected) this.#runs.delete(execution);
    }
  }
}

const isRepetitionOf = (execution: string, whole: string): boolean =>
  execution.startsWith(`${whole}_`) && /^\d+$/.test(execution.slice(whole.length + 1));

const indexOf = ({ execution }: Link): number => Number(/_(\d+)$/.exec(execution)?.[1] ?? 0);

/** The runs around an element, innermost first. */
export function linksIn({ variables }: Environment): readonly Link[] {
  return linksOf(variables['content'] as Content | undefined);
}

/** The message that started a scope: of a sub-process its own, of a called process the call's. */
function linksOf(content: Content | undefined): readonly Link[] {
  if (!content) return [];
  const { id = '', executionId = '', type, inbound } = content;
  if (type === 'bpmn:Process') {
    const [call] = inbound ?? [];
    return call?.type === 'bpmn:CallActivity' ? linksOf(call) : [];
  }
  return [
    { element: id, execution: executionId },
    ...((content['around'] as readonly Link[] | undefined) ?? []),
  ];
}
