/** Mocha loads this file first (.mocharc.json); what tests leave running ends here, so that mocha exits by itself. */
const endings: (() => Promise<void>)[] = [];

/** Registers what must be ended after the last test, the latest first. */
export function atEnd(end: () => Promise<void>): void {
  endings.unshift(end);
}

export async function mochaGlobalTeardown(): Promise<void> {
  for (const end of endings.splice(0)) await end();
}
