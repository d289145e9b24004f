/** How a kind of entry is declared, and the fields that many kinds share. */
import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';

export interface Event<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** What an auditor reads. */
  readonly title: string;
  /** Version of the shape; rises when a reader of the old one could misread the new one. */
  readonly v: number;
  /** What the body says besides what every entry has. */
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
/** JSON whose inside is somebody else's: the diagram's variables, the calendar's reasons. */
export const json = z.custom<JsonObject>(isJsonObject);

export const actor = text.describe('谁做的');
export const reason = text.describe('事由');
export const provisions = texts.describe('所依条文');
export const document = text.describe('文号');
