/** Findings of axe on a screen. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Serious findings on the screen. The script is injected by the debugger, despite the security policy. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // A colour in mid-transition has no meaningful contrast, so motion is switched off.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(axe);
  const { violations } = await page.evaluate<{ violations: Finding[] }>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })`,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

/**
 * Checks at desktop and telephone widths; on the latter nothing may be wider than the screen.
 * Restores the width afterwards.
 */
export async function findingsAtBothWidths(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const size of [
    { width: 1366, height: 768 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    found.push(...(await seriousFindings(page)).map((one) => `${size.width}: ${one}`));
    const needs = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (needs > size.width) found.push(`${size.width}: ${needs} wide`);
  }
  if (before) await page.setViewportSize(before);
  return found;
}
