import type { MarketInput } from '../../gql/graphql';

/** The fields a person chooses between, one by one. Address is split: its place and its point change for different reasons. */
export const FIELDS = [
  'officialName',
  'alias',
  'aliasBasis',
  'nature',
  'operatorKind',
  'operatorName',
  'licenceNo',
  'licenceUntil',
  'publicInterest',
  'layout',
  'address.division',
  'address.village',
  'address.villageCode',
  'address.text',
  'address.point',
  'hours',
  'trades',
  'contacts',
  'services',
  'seekerScale',
  'dailySuccesses',
  'remark',
  'areaSquareMetres',
] as const;
export type Field = (typeof FIELDS)[number];
export type Side = 'mine' | 'theirs';

interface Difference {
  field: Field;
  mine: unknown;
  theirs: unknown;
  /** Who moved away from what both started with; where only one did, theirs is the side chosen beforehand. */
  proposed: Side | null;
}

function valueAt(input: MarketInput, field: Field): unknown {
  return (
    field.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], input) ?? null
  );
}

const same = (a: unknown, b: unknown) => canonical(a) === canonical(b);

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : (inner ?? null),
  );
}

/** What differs between my version and the one saved meanwhile, with a side proposed where only one of us changed it. */
export function differences(base: MarketInput, mine: MarketInput, theirs: MarketInput): Difference[] {
  return FIELDS.flatMap((field) => {
    const [b, m, t] = [valueAt(base, field), valueAt(mine, field), valueAt(theirs, field)];
    if (same(m, t)) return [];
    const proposed: Side | null = same(b, t) ? 'mine' : same(b, m) ? 'theirs' : null;
    return [{ field, mine: m, theirs: t, proposed }];
  });
}

/** My version with every field taken from the side chosen for it. */
export function merge(mine: MarketInput, theirs: MarketInput, chosen: Partial<Record<Field, Side>>): MarketInput {
  const merged = structuredClone(mine) as MarketInput & Record<string, unknown>;
  for (const field of FIELDS) {
    if (chosen[field] !== 'theirs') continue;
    const value = valueAt(theirs, field);
    const [head, tail] = field.split('.') as [keyof MarketInput, string | undefined];
    if (tail) (merged[head] as Record<string, unknown>)[tail] = value;
    else (merged as Record<string, unknown>)[head] = value;
  }
  return merged;
}
