import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ComponentType } from 'react';
import { useQuery } from 'urql';
import type { MessageKey } from '../app/i18n';
import { useT, useTerm } from '../app/i18n';
import type { Permission } from '../app/permissions';
import { useSession } from '../app/session';
import { PartyPageDocument, type PartyWholeFragment } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Loaded, Nothing } from '../kit/state';
import { TabView } from '../kit/tabs';
import { PartyActions } from './actions';
import { Favourites, Templates } from './kept';
import { PeopleTab } from './people';
import { PARTY_TABS, type PartyTab } from './search';
import { StepsTab } from './steps-tab';
import { HistoryTab, Overview, PostingsTab, RechecksTab, VisitsTab } from './tabs';
import { PartyStatusTag } from './tags';

const route = getRouteApi('/$slug/parties/$id');

export interface PartyTabProps {
  party: PartyWholeFragment;
  refetch: () => void;
}

const TABS: Record<PartyTab, { label: MessageKey; view: ComponentType<PartyTabProps>; may?: Permission }> = {
  overview: { label: 'parties.tab.overview', view: Overview },
  steps: { label: 'parties.tab.steps', view: StepsTab },
  people: { label: 'parties.tab.people', view: PeopleTab },
  rechecks: { label: 'parties.tab.rechecks', view: RechecksTab, may: 'party.recheck' },
  visits: { label: 'parties.tab.visits', view: VisitsTab, may: 'visit.read' },
  postings: { label: 'parties.tab.postings', view: PostingsTab, may: 'posting.read' },
  templates: { label: 'parties.tab.templates', view: Templates, may: 'posting.template' },
  favourites: { label: 'parties.tab.favourites', view: Favourites, may: 'posting.template' },
  history: { label: 'parties.tab.history', view: HistoryTab },
};

/** Everything about one hiring party; the open tab stands in the address. */
export function PartyDetail() {
  const t = useT();
  const { slug, id } = route.useParams();
  const { tab = 'overview' } = route.useSearch();
  const { can } = useSession();
  const navigate = useNavigate();
  const query = useQuery({ query: PartyPageDocument, variables: { id } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  const shown = PARTY_TABS.filter((key) => !TABS[key].may || can(TABS[key].may));
  const active = shown.includes(tab) ? tab : 'overview';
  const View = TABS[active].view;
  const open = (key: PartyTab) =>
    void navigate({
      to: '/$slug/parties/$id',
      params: { slug, id },
      search: key === 'overview' ? {} : { tab: key },
      replace: true,
    });
  return (
    <Loaded query={query}>
      {({ hiringParty: party }) =>
        party ? (
          <Page
            title={party.displayName}
            lead={<Lead party={party} />}
            actions={<PartyActions party={party} refetch={refetch} />}
          >
            <Notes party={party} />
            <TabView
              label={party.displayName}
              tabs={shown.map((key) => ({ key, label: t(TABS[key].label) }))}
              active={active}
              onChange={open}
            >
              <View party={party} refetch={refetch} />
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

function Lead({ party: p }: { party: PartyWholeFragment }) {
  const t = useT();
  const term = useTerm();
  return (
    <>
      <PartyStatusTag status={p.status} /> {term('partyKind', p.kind)}{' '}
      {p.fastLane ? <Chip tone="good">{t('parties.fastLane')}</Chip> : null}{' '}
      {p.stale ? <Chip tone="warn">{t('parties.stale')}</Chip> : null}
    </>
  );
}

/** What stands in the way: why it was sent back or suspended, what is missing, what it was told. */
function Notes({ party: p }: { party: PartyWholeFragment }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const missing = p.missingSteps ?? [];
  return (
    <>
      {p.statusReason ? (
        <Alert className="gap" type="warning" showIcon title={t('parties.statusReason', { reason: p.statusReason })} />
      ) : null}
      {p.notice && p.status === 'REJECTED' ? (
        <Alert
          className="gap"
          type="warning"
          showIcon
          title={t('parties.told', { at: format.dateTime(p.notice.toldAt) })}
          description={p.notice.text}
        />
      ) : null}
      {missing.length > 0 && (p.status === 'PENDING' || p.status === 'REJECTED') ? (
        <Alert
          className="gap"
          type="info"
          showIcon
          title={t('parties.missing', { steps: format.list(missing.map((step) => term('partyStep', step))) })}
        />
      ) : null}
    </>
  );
}
