/** The tabs of the page of letters, as they stand in the address bar. */
const TABS = ['mailbox', 'dead', 'texts'] as const;
export type MailTab = (typeof TABS)[number];

export function readMailTab(raw: Record<string, unknown>): { tab?: Exclude<MailTab, 'mailbox'> } {
  const tab = TABS.find((name) => name === raw.tab);
  return tab && tab !== 'mailbox' ? { tab } : {};
}
