import type { ComponentType } from 'react';
import { type MessageKey, useT } from '../app/i18n';
import type { Permission } from '../app/permissions';
import { useSession } from '../app/session';
import { type TabSearch, writeTab } from './tab-search';
import { TabView } from './tabs';

interface Tab<P> {
  label: MessageKey;
  view: ComponentType<P>;
  /** Who may open it; everybody who sees the page unless it is said. */
  may?: Permission;
  /** How many stand in it, said beside its name. */
  count?: (props: P) => number;
}

/** The tabs of one kind of thing, by what they are called in the address. */
export type Tabs<K extends string, P> = Record<K, Tab<P>>;

interface Props<K extends string, P> {
  /** What the page is about. */
  label: string;
  names: readonly [K, ...K[]];
  tabs: Tabs<K, P>;
  tab: K | undefined;
  /** What each tab is given. */
  about: P;
  onOpen: (search: TabSearch<K>) => void;
}

/** All there is of one thing, in tabs; the open one stands in the address. */
export function DetailTabs<K extends string, P extends object>({
  label,
  names,
  tabs,
  tab,
  about,
  onOpen,
}: Props<K, P>) {
  const t = useT();
  const { can } = useSession();
  const shown = names.filter((key) => {
    const { may } = tabs[key];
    return !may || can(may);
  });
  const active = tab && shown.includes(tab) ? tab : names[0];
  const View: ComponentType<P> = tabs[active].view;
  const nameOf = (key: K) => {
    const n = tabs[key].count?.(about) ?? 0;
    return n > 0 ? `${t(tabs[key].label)} ${n}` : t(tabs[key].label);
  };
  return (
    <TabView
      label={label}
      tabs={shown.map((key) => ({ key, label: nameOf(key) }))}
      active={active}
      onChange={(key) => onOpen(writeTab(names, key))}
    >
      <View {...about} />
    </TabView>
  );
}
