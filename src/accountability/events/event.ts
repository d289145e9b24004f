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
  /** Effect on the course; set for every entry type of a case. */
  readonly does?: Course;
}

export const event = <Shape extends z.ZodRawShape>(title: string, shape: Shape, v = 1): Event<Shape> => ({
  title,
  v,
  shape,
});

/**
 * The effect of a case's entry on the course of the matter. Readers select by effect and list only
 * those types that they alone need.
 */
export type Course =
  /** A person acts or a message comes in, and the course continues. A rehearsal repeats it. */
  | 'act'
  /** Moves tokens or limits on this version of the diagram, automatically, by time or by hand. */
  | 'moves'
  /** Changes the fields of the sheet. */
  | 'sheet'
  /** Changes process variables from outside the processes. */
  | 'variables'
  /** Has no effect that every reader of the course needs. */
  | 'beside';

export interface CaseEvent<Does extends Course = Course> extends Event {
  readonly does: Does;
}

export const ofCase = <const Does extends Course, Shape extends z.ZodRawShape>(
  title: string,
  does: Does,
  shape: Shape,
) => ({ ...event(title, shape), does });

export const text = z.string();
/** The canonical form has no fractions, so counts are integers. */
export const count = z.int();
export const flag = z.boolean();
/** ISO 8601 with an offset. */
export const instant = z.iso.datetime({ offset: true });
/** Civil date in Asia/Shanghai. */
export const day = z.iso.date();
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
export const texts = listOf(text);
/** JSON whose shape is defined elsewhere: variables of the diagram, derivations of the calendar. */
export const json = z.custom<JsonObject>(isJsonObject);

export const actor = text.describe('谁做的');
export const login = text.describe('登录名');
export const reason = text.describe('事由');
export const provisions = texts.describe('所依条文');
export const document = text.describe('文号');
