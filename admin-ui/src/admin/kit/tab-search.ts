/** The open tab as it stands in the address: the first is where one arrives and stands in none. */
export interface TabSearch<K extends string> {
  tab?: K;
}

/** Apart from the tabs themselves, so that the router stays small. */
export function readTab<K extends string>(names: readonly K[], raw: Record<string, unknown>): TabSearch<K> {
  return writeTab(
    names,
    names.find((name) => name === raw.tab),
  );
}

export const writeTab = <K extends string>(names: readonly K[], tab: K | undefined): TabSearch<K> =>
  tab && tab !== names[0] ? { tab } : {};
