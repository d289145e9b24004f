/** Reads case variables: JSON that forms, handlers and earlier versions wrote. */
import { isJsonObject, type Json, type JsonObject } from '../kernel/index.js';

/** The trimmed text; undefined if missing or empty. */
export function textOf(variables: JsonObject, key: string): string | undefined {
  const value = variables[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

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
