export type Side = 'mine' | 'theirs';

export interface Difference<F extends string> {
  field: F;
  mine: unknown;
  theirs: unknown;
  /** Who moved away from what both started with; where only one did, that side is chosen beforehand. */
  proposed: Side | null;
}

/** What stands at a path: `address.text` is the text of the address. */
function valueAt(input: object, field: string): unknown {
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
export function differences<I extends object, F extends string>(
  fields: readonly F[],
  base: I,
  mine: I,
  theirs: I,
): Difference<F>[] {
  return fields.flatMap((field) => {
    const [b, m, t] = [valueAt(base, field), valueAt(mine, field), valueAt(theirs, field)];
    if (same(m, t)) return [];
    const proposed: Side | null = same(b, t) ? 'mine' : same(b, m) ? 'theirs' : null;
    return [{ field, mine: m, theirs: t, proposed }];
  });
}

/** My version with every field taken from the side chosen for it. */
export function merge<I extends object, F extends string>(
  fields: readonly F[],
  mine: I,
  theirs: I,
  chosen: Partial<Record<F, Side>>,
): I {
  const merged = structuredClone(mine) as Record<string, unknown>;
  for (const field of fields) {
    if (chosen[field] !== 'theirs') continue;
    const [head = '', tail] = field.split('.');
    const value = valueAt(theirs, field);
    if (tail) (merged[head] as Record<string, unknown>)[tail] = value;
    else merged[head] = value;
  }
  return merged as I;
}
