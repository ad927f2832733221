import { getRouteApi } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { MarketDetailDocument } from '../gql/graphql';
import { DetailTabs, type Tabs } from '../kit/detail-tabs';
import { Found } from '../kit/found';
import { Page } from '../kit/page';
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

const TABS: Tabs<TabName, TabProps> = {
  overview: { label: 'market.tab.overview', view: Overview },
  zones: { label: 'zones.title', view: ZonesTab, count: ({ market }) => market.zones.length },
  facilities: { label: 'facilities.title', view: FacilitiesTab, count: ({ market }) => market.facilities.length },
  bays: { label: 'bays.title', view: BaysTab, count: ({ market }) => market.bays.length },
  checks: { label: 'checks.title', view: ChecksTab },
  annotations: { label: 'annotations.title', view: AnnotationsTab, count: ({ market }) => market.annotations.length },
  contracts: { label: 'contracts.title', view: ContractsTab, count: ({ market }) => market.contracts.length },
  samples: { label: 'samples.title', view: SamplesTab },
  projects: { label: 'projects.title', view: ProjectsTab, count: ({ market }) => market.projects.length },
  history: { label: 'market.tab.history', view: HistoryTab },
};

/** Everything about one market. */
export function MarketDetail() {
  const t = useT();
  const { id } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({ query: MarketDetailDocument, variables: { id } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Found query={query} of={(data) => data.market}>
      {(market) => (
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
          <DetailTabs
            label={market.displayName}
            names={TAB_NAMES}
            tabs={TABS}
            tab={tab}
            about={{ market, refetch }}
            onOpen={(search) => void navigate({ search, replace: true })}
          />
        </Page>
      )}
    </Found>
  );
}
