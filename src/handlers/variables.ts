/** Reading case variables: JSON that people's forms, other handlers and earlier versions have written. */
import { isJsonObject, type Json, type JsonObject } from '../kernel/index.js';

/** The trimmed text, or undefined where there is none. */
export function textOf(variables: JsonObject, key: string): string | undefined {
  const value = variables[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Only a recorded `true` counts as yes. */
export const isTrue = (variables: JsonObject, key: string): boolean => variables[key] === true;

export function countOf(variables: JsonObject, key: string): number {
  const value = variables[key];
  return typeof value === 'number' ? value : 0;
}

export function listOf(variables: JsonObject, key: string): readonly Json[] {
  const value = variables[key];
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function objectOf(variables: JsonObject, key: string): JsonObject {
  const value = variables[key];
  return isJsonObject(value) ? value : {};
}
