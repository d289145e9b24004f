/** Lets Stryker run our tests: its own runner for mocha that works on Node 20 does not find mocha 12's parts. */
import {
  INSTRUMENTER_CONSTANTS,
  type InstrumenterContext,
  type StrykerOptions,
} from '@stryker-mutator/api/core';
import { PluginKind, commonTokens, declareClassPlugin, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import Mocha from 'mocha';

declare global {
  /** Where the instrumented code looks which mutant is active. */
  var __stryker__: InstrumenterContext | undefined;
}

class MochaRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  readonly #files: readonly string[];
  readonly #mocha = new Mocha({ timeout: 0, reporter: Mocha.reporters.Base }).cleanReferencesAfterRun(false);
  readonly #context: InstrumenterContext = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  #loaded = false;

  constructor({ mochaFiles }: StrykerOptions) {
    this.#files = Array.isArray(mochaFiles) ? mochaFiles.map(String) : [];
  }

  /** Node keeps what was imported: a mutant in code that runs while loading needs a process of its own. */
  capabilities(): { readonly reloadEnvironment: boolean } {
    return { reloadEnvironment: false };
  }

  async init(): Promise<void> {
    for (const file of this.#files) this.#mocha.addFile(file);
    const context = this.#context;
    this.#mocha.suite.beforeEach(function () {
      if (this.currentTest) context.currentTestId = idOf(this.currentTest);
    });
  }

  async dryRun({ disableBail }: DryRunOptions): Promise<DryRunResult> {
    const result = await this.#run(disableBail);
    const { mutantCoverage } = this.#context;
    return result.status === DryRunStatus.Complete && mutantCoverage ? { ...result, mutantCoverage } : result;
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, disableBail, hitLimit, mutantActivation, testFilter } = options;
    Object.assign(this.#context, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    if (mutantActivation === 'static') this.#context.activeMutant = activeMutant.id;
    this.#mocha.grep(testFilter ? new RegExp(`^(${testFilter.map(literally).join('|')})$`) : everyTest);
    return toMutantRunResult(await this.#run(disableBail, activeMutant.id));
  }

  async #run(disableBail: boolean, mutant?: string): Promise<DryRunResult> {
    try {
      if (!this.#loaded) await this.#mocha.loadFilesAsync();
    } catch (error) {
      return { status: DryRunStatus.Error, errorMessage: String(error) };
    }
    this.#loaded = true;
    if (mutant !== undefined) this.#context.activeMutant = mutant;
    bail(this.#mocha.suite, !disableBail);
    const tests: TestResult[] = [];
    await new Promise<void>((resolve) => {
      const runner = this.#mocha.run(() => resolve());
      runner.on('pass', (test) => tests.push({ ...named(test), status: TestStatus.Success }));
      runner.on('fail', (test, { message }: Error) =>
        tests.push({
          ...named(test.ctx?.currentTest ?? test),
          ...{ status: TestStatus.Failed, failureMessage: message },
        }),
      );
    });
    const { hitCount, hitLimit } = this.#context;
    return determineHitLimitReached(hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests };
  }
}

const everyTest = /(?:)/;
const literally = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
const idOf = (test: Mocha.Runnable): string => test.fullTitle();

const named = (test: Mocha.Runnable) => ({
  id: idOf(test),
  name: idOf(test),
  timeSpentMs: test.duration ?? 0,
});

function bail(suite: Mocha.Suite, on: boolean): void {
  suite.bail(on);
  for (const inner of suite.suites) bail(inner, on);
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'mocha-12', MochaRunner)];

/** Stryker's own `testFiles` leaves faults in what runs while loading out. */
export const strykerValidationSchema = {
  properties: { mochaFiles: { type: 'array', items: { type: 'string' } } },
};
