import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { TabView } from '../kit/tabs';
import { WorkerList } from './list';
import { Parameters } from './parameters';
import type { WorkerSearch, WorkerTab } from './search';
import { Statistics } from './statistics';

const route = getRouteApi('/$slug/workers');

/** Who works (零工人员): the list, the counts, and the city's figures about them. */
export function Workers() {
  const t = useT();
  const { slug, can } = useSession();
  const search = route.useSearch();
  const navigate = useNavigate();
  const go = (next: WorkerSearch) =>
    void navigate({ to: '/$slug/workers', params: { slug }, search: next, replace: true });
  const tabs: WorkerTab[] = [
    ...(can('worker.read') ? (['list'] as const) : []),
    ...(can('worker.statistics') ? (['statistics'] as const) : []),
    ...(can('worker.read') ? (['parameters'] as const) : []),
  ];
  const asked: WorkerTab = search.tab ?? 'list';
  const tab = tabs.includes(asked) ? asked : (tabs[0] ?? 'list');
  return (
    <Page
      title={t('workers.title')}
      lead={t('workers.lead')}
      actions={
        can('worker.register') ? (
          <LinkButton to="/$slug/counter" params={{ slug }} look="primary">
            {t('menu.counter')}
          </LinkButton>
        ) : null
      }
    >
      <TabView<WorkerTab>
        label={t('workers.title')}
        active={tab}
        onChange={(next) => go(next === 'list' ? {} : { tab: next })}
        tabs={tabs.map((key) => ({ key, label: t(`workers.tab.${key}`) }))}
      >
        {tab === 'list' ? (
          <WorkerList search={search} onChange={go} />
        ) : tab === 'statistics' ? (
          <Statistics />
        ) : (
          <Parameters />
        )}
      </TabView>
    </Page>
  );
}
