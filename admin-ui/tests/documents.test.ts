import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type DocumentNode, isUnionType, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const schema = buildSchema(readFileSync(join(root, '../tests/golden/schema.graphql'), 'utf8'));

function documents(folder: string): DocumentNode {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((f) =>
    f.endsWith('.graphql'),
  );
  return parse(files.map((f) => readFileSync(join(root, folder, f), 'utf8')).join('\n'));
}

describe('documents', () => {
  it.each(['src/admin', 'src/public'])('every operation of %s is valid against the schema', (folder) => {
    expect(validate(schema, documents(folder)).map(String)).toEqual([]);
  });

  it('every mutation asks a refusal for its code, message and field, so that the page can show it where it belongs', () => {
    const wrong: string[] = [];
    for (const definition of [...documents('src/admin').definitions, ...documents('src/public').definitions]) {
      if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== 'mutation') continue;
      for (const field of definition.selectionSet.selections) {
        if (field.kind !== Kind.FIELD) continue;
        const type = schema.getMutationType()?.getFields()[field.name.value]?.type;
        expect(isUnionType(type)).toBe(true);
        const refused = field.selectionSet?.selections.find(
          (s) => s.kind === Kind.INLINE_FRAGMENT && s.typeCondition?.name.value.endsWith('Refused'),
        );
        const asked =
          refused?.kind === Kind.INLINE_FRAGMENT
            ? refused.selectionSet.selections.map((s) => (s.kind === Kind.FIELD ? s.name.value : ''))
            : [];
        const typename = field.selectionSet?.selections.some(
          (s) => s.kind === Kind.FIELD && s.name.value === '__typename',
        );
        if (!typename || !['code', 'message', 'field'].every((name) => asked.includes(name)))
          wrong.push(field.name.value);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(['idempotencyKey', 'version'])('every mutation that takes a %s is sent one', (name) => {
    const without: string[] = [];
    let taken = 0;
    for (const definition of [...documents('src/admin').definitions, ...documents('src/public').definitions]) {
      if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== 'mutation') continue;
      for (const field of definition.selectionSet.selections) {
        if (field.kind !== Kind.FIELD) continue;
        const takes = schema
          .getMutationType()
          ?.getFields()
          [field.name.value]?.args.some((arg) => arg.name === name);
        if (!takes) continue;
        taken += 1;
        if (!field.arguments?.some((arg) => arg.name.value === name)) without.push(field.name.value);
      }
    }
    expect(taken).toBeGreaterThan(5);
    expect(without).toEqual([]);
  });

  it('the public pages never ask for what only an officer may see', () => {
    const text = readFileSync(join(root, 'src/public/public.graphql'), 'utf8');
    expect(text).toContain('publicMarket');
    for (const field of [/\bmarkets\b/, /\bmarket\b/, /\baccounts\b/, /\bme\b/, /\bmutation\b/])
      expect(text).not.toMatch(field);
  });
});
