const { relative } = require('node:path');
const { reporters } = require('mocha');

const files = 12;

/**
 * Mocha's own report; in CI the files that took longest; one plain line at its very end that any tool can read.
 */
module.exports = class PlainLine extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    this.spent = new Map();
    const add = ({ file, duration = 0 }) =>
      file && this.spent.set(file, (this.spent.get(file) ?? 0) + duration);
    runner.on('test end', add).on('hook end', add);
  }

  epilogue() {
    super.epilogue();
    if (process.env.CI) {
      const longest = [...this.spent].sort(([, one], [, other]) => other - one).slice(0, files);
      for (const [file, spent] of longest)
        process.stdout.write(
          `${(spent / 60_000).toFixed(1).padStart(6)} min  ${relative(process.cwd(), file)}\n`,
        );
    }
    const { passes = 0, failures = 0, pending = 0 } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    process.stdout.write(`${passes} passed, ${failures} failed${skipped}\n`);
  }
};
