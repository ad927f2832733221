import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ComponentType } from 'react';
import { useQuery } from 'urql';
import { type MessageKey, type T, useT } from '../app/i18n';
import { MarketDetailDocument } from '../gql/graphql';
import { Page } from '../kit/page';
import { Loaded, Nothing } from '../kit/state';
import { TabView } from '../kit/tabs';
import { Lifecycle } from './lifecycle';
import { TAB_NAMES, type TabName } from './tab-names';
import { AnnotationsTab } from './tabs/annotations';
import { BaysTab } from './tabs/bays';
import { ChecksTab } from './tabs/checks';
import { ContractsTab } from './tabs/contracts';
import { FacilitiesTab } from './tabs/facilities';
import { HistoryTab } from './tabs/history';
import { Overview } from './tabs/overview';
import { ProjectsTab } from './tabs/projects';
import type { TabProps } from './tabs/props';
import { SamplesTab } from './tabs/samples';
import { ZonesTab } from './tabs/zones';
import { StatusTag } from './tags';

const route = getRouteApi('/$slug/markets/$id');

const TABS: Record<
  TabName,
  { label: MessageKey; view: ComponentType<TabProps>; count?: (m: TabProps['market']) => number }
> = {
  overview: { label: 'market.tab.overview', view: Overview },
  zones: { label: 'zones.title', view: ZonesTab, count: (m) => m.zones.length },
  facilities: { label: 'facilities.title', view: FacilitiesTab, count: (m) => m.facilities.length },
  bays: { label: 'bays.title', view: BaysTab, count: (m) => m.bays.length },
  checks: { label: 'checks.title', view: ChecksTab },
  annotations: { label: 'annotations.title', view: AnnotationsTab, count: (m) => m.annotations.length },
  contracts: { label: 'contracts.title', view: ContractsTab, count: (m) => m.contracts.length },
  samples: { label: 'samples.title', view: SamplesTab },
  projects: { label: 'projects.title', view: ProjectsTab, count: (m) => m.projects.length },
  history: { label: 'market.tab.history', view: HistoryTab },
};

function tabsOf(market: TabProps['market'], t: T) {
  return TAB_NAMES.map((key) => {
    const { label, count } = TABS[key];
    const n = count?.(market) ?? 0;
    return { key, label: n > 0 ? `${t(label)} ${n}` : t(label) };
  });
}

/** Everything about one market; the open tab stands in the address. */
export function MarketDetail() {
  const t = useT();
  const { slug, id } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery({ query: MarketDetailDocument, variables: { id } });
  const View = TABS[tab].view;
  const open = (key: TabName) =>
    void navigate({
      to: '/$slug/markets/$id',
      params: { slug, id },
      search: key === 'overview' ? {} : { tab: key },
      replace: true,
    });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Loaded query={query}>
      {({ market }) =>
        market ? (
          <Page
            title={market.displayName}
            lead={
              <>
                <StatusTag status={market.status} />{' '}
                {market.officialName && market.alias ? t('market.aka', { alias: market.alias }) : ''}
              </>
            }
            actions={<Lifecycle market={market} refetch={refetch} />}
          >
            {market.statusReason ? (
              <Alert
                className="gap"
                type="warning"
                showIcon
                title={t('market.statusReason', { reason: market.statusReason })}
              />
            ) : null}
            <TabView label={market.displayName} tabs={tabsOf(market, t)} active={tab} onChange={open}>
              <View market={market} refetch={refetch} />
            </TabView>
          </Page>
        ) : (
          <Page title={t('state.notFound')}>
            <Nothing text={t('state.notFoundHelp')} />
          </Page>
        )
      }
    </Loaded>
  );
}
