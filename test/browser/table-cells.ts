/** Cells of the open decision table, by row and column from 1. */
import type { Locator, Page } from 'playwright-core';

export const cell = (page: Page, row: number, column: number): Locator =>
  page
    .getByRole('group', { name: /的决策表$/ })
    .locator('tbody tr')
    .nth(row - 1)
    .locator('.input-cell, .output-cell')
    .nth(column - 1);

/** Replaces the cell's text. */
export async function write(page: Page, row: number, column: number, text: string): Promise<void> {
  await cell(page, row, column).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Escape');
}
