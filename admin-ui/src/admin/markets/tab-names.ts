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
