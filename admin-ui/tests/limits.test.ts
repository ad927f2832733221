import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../src/admin/markets/limits';

const server = join(import.meta.dirname, '../../server');
const text = (file: string) => readFileSync(join(server, file), 'utf8');

function constant(file: string, name: string): number {
  const found = new RegExp(`const ${name}: \\w+ = ([\\d_]+);`).exec(text(file))?.[1];
  return Number(found?.replaceAll('_', ''));
}

function range(file: string, of: RegExp): number {
  const found = new RegExp(`\\(\\d+..=([\\d_]+)\\)\\.contains\\(&${of.source}`).exec(text(file))?.[1];
  return Number(found?.replaceAll('_', ''));
}

describe('the limits of the forms', () => {
  it.each([
    ['name', 'rules/naming.rs', 'NAME'],
    ['name', 'rules/venue.rs', 'NAME'],
    ['address', 'rules/describe.rs', 'ADDRESS'],
    ['village', 'rules/village.rs', 'NAME'],
    ['licence', 'rules/inclusion.rs', 'NUMBER'],
    ['remark', 'rules/describe.rs', 'REMARK'],
    ['contacts', 'rules/describe.rs', 'CONTACTS'],
    ['contactLabel', 'rules/describe.rs', 'LABEL'],
    ['people', 'rules/figures.rs', 'MOST'],
    ['text', 'rules/venue.rs', 'TEXT'],
    ['rows', 'rules/venue.rs', 'MOST'],
    ['reason', 'operations/delist_market.rs', 'REASON'],
    ['reason', 'operations/suspend_market.rs', 'REASON'],
    ['inspector', 'operations/record_safety_check.rs', 'NAME'],
    ['photos', 'operations/record_safety_check.rs', 'PHOTOS'],
    ['filer', 'imports/operations/export.rs', 'FILER'],
    ['printNote', 'imports/operations/export.rs', 'NOTE'],
    ['checkNote', 'operations/record_safety_check.rs', 'NOTE'],
  ] as const)('%s is the one of %s', (limit, file, name) => {
    expect(constant(`markets/src/${file}`, name)).toBe(LIMITS[limit]);
  });

  it('the filer of a return is the one of an exported form', () => {
    expect(constant('oversight/src/rules/returns.rs', 'MAX_FILER')).toBe(LIMITS.filer);
  });

  it('the document number of a report to the ministry is as long as its rule says', () => {
    expect(constant('oversight/src/rules/report.rs', 'MAX_DOCUMENT_NO')).toBe(LIMITS.documentNo);
  });

  it.each([
    ['area', 'rules/describe.rs', /area/],
    ['facilities', 'rules/venue.rs', /input\.quantity/],
    ['bayVehicles', 'rules/venue.rs', /input\.capacity/],
    ['bayMinutes', 'rules/venue.rs', /input\.max_stay_minutes/],
  ] as const)('%s is the one of %s', (limit, file, of) => {
    expect(range(`markets/src/${file}`, of)).toBe(LIMITS[limit]);
  });
});
