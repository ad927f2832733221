import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useT } from '../app/i18n';
import { useSession } from '../app/session';
import { MarketChoice, useCounterMarket } from '../counter/market';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { TabView } from '../kit/tabs';
import { AllEngagements } from './all';
import { Points } from './points';
import type { EngagementSearch, EngagementTab } from './search';
import { Today } from './today';
import { Unpaid } from './unpaid';

const route = getRouteApi('/$slug/engagements');

/** The hire as it goes (用工对接): today by shift, everything by filter, unpaid wages, points. */
export function Engagements() {
  const t = useT();
  const { slug, can } = useSession();
  const search = route.useSearch();
  const navigate = useNavigate();
  const here = useCounterMarket();
  const tab: EngagementTab = search.tab ?? 'today';
  const go = (next: EngagementSearch) =>
    void navigate({ to: '/$slug/engagements', params: { slug }, search: next, replace: true });
  const names: EngagementTab[] = ['today', 'all', 'unpaid', ...(can('engagement.points') ? (['points'] as const) : [])];
  return (
    <Page
      title={t('engage.title')}
      lead={t('engage.lead')}
      actions={
        <>
          {tab === 'today' ? <MarketChoice {...here} /> : null}
          {can('worker.look_up') ? (
            <LinkButton to="/$slug/counter" params={{ slug }} look="primary">
              {t('menu.counter')}
            </LinkButton>
          ) : null}
        </>
      }
    >
      <TabView<EngagementTab>
        label={t('engage.title')}
        active={tab}
        onChange={(next) => go(next === 'today' ? {} : { tab: next })}
        tabs={names.map((key) => ({ key, label: t(`engage.tab.${key}`) }))}
      >
        {tab === 'today' ? (
          <Today here={here} />
        ) : tab === 'all' ? (
          <AllEngagements search={search} onChange={go} markets={here.markets} />
        ) : tab === 'unpaid' ? (
          <Unpaid />
        ) : (
          <Points />
        )}
      </TabView>
    </Page>
  );
}
