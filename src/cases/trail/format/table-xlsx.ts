/** A table as a workbook with one sheet. It is built in memory, so it is for at most some thousands of rows. */
export async function tableXlsx(
  name: string,
  columns: readonly { readonly title: string; readonly width: number }[],
  rows: readonly (readonly (string | number)[])[],
): Promise<Buffer> {
  const { bold, frozen, workbookTo } = await import('./workbook.js');
  const parts: Uint8Array[] = [];
  const book = workbookTo((bytes) => Promise.resolve(void parts.push(bytes)));
  await book.open(
    name,
    columns.map(({ width }) => width),
    frozen,
  );
  await book.row(
    columns.map(({ title }) => title),
    bold,
  );
  for (const row of rows) await book.row(row);
  await book.close();
  await book.end();
  return Buffer.concat(parts);
}
