/** The tabs of a market, as they stand in the address bar. Apart from the tabs themselves, so that the router stays small. */
export const TAB_NAMES = [
  'overview',
  'zones',
  'facilities',
  'bays',
  'checks',
  'annotations',
  'contracts',
  'samples',
  'projects',
  'history',
] as const;
export type TabName = (typeof TAB_NAMES)[number];

export function readTab(raw: Record<string, unknown>): { tab?: TabName } {
  const tab = TAB_NAMES.find((name) => name === raw.tab);
  return tab && tab !== 'overview' ? { tab } : {};
}
