/** How an entry type is declared, and fields shared by many types. */
import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';

export interface Event<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Title shown to auditors. */
  readonly title: string;
  /** Version of the shape; incremented when a reader of the old shape could misread the new one. */
  readonly v: number;
  /** Fields of the body in addition to the common ones. */
  readonly shape: Shape;
}

export const event = <Shape extends z.ZodRawShape>(title: string, shape: Shape, v = 1): Event<Shape> => ({
  title,
  v,
  shape,
});

export const text = z.string();
/** The canonical form has no fractions. */
export const count = z.int();
export const flag = z.boolean();
/** ISO 8601 with an offset. */
export const instant = z.iso.datetime({ offset: true });
/** Civil date in Asia/Shanghai. */
export const day = z.iso.date();
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
export const texts = listOf(text);
/** JSON defined elsewhere: the diagram's variables, the calendar's derivations. */
export const json = z.custom<JsonObject>(isJsonObject);

export const actor = text.describe('谁做的');
export const reason = text.describe('事由');
export const provisions = texts.describe('所依条文');
export const document = text.describe('文号');
